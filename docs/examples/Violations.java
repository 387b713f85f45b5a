// The violations in force, read from Kafka: java -cp 'JARS/*' Violations.java BOOTSTRAP_SERVERS TOPIC SCHEMA_FILE…
//
// Prints one line for each and ends when the topic is read; a service would go on polling. Needs kafka-clients and avro. The first
// schema is schemas/violation.avsc, as which all are read; the others are earlier versions, from schemas/released. It reads
// single-object encoding; what is written with a schema registry is for that registry's deserializer.

import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

public class Violations {
    private static BinaryMessageDecoder<GenericRecord> decoder(List<String> files) throws IOException {
        Schema reader = new Schema.Parser().parse(new File(files.get(0)));
        BinaryMessageDecoder<GenericRecord> decoder = new BinaryMessageDecoder<>(GenericData.get(), reader);
        for (String file : files) {
            decoder.addSchema(new Schema.Parser().parse(new File(file)));
        }
        return decoder;
    }

    private static boolean isRead(KafkaConsumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    /** By alert_id, what is in force once the topic is read to the end it has now. */
    private static Map<String, GenericRecord> violations(KafkaConsumer<String, byte[]> consumer, String topic,
                                                         BinaryMessageDecoder<GenericRecord> decoder) throws IOException {
        List<TopicPartition> partitions =
            consumer.partitionsFor(topic).stream().map(each -> new TopicPartition(topic, each.partition())).toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Map<String, GenericRecord> inForce = new TreeMap<>();
        while (!isRead(consumer, ends)) {
            for (ConsumerRecord<String, byte[]> message : consumer.poll(Duration.ofSeconds(1))) {
                if (message.value() == null) { // it is over, or the child is forgotten
                    inForce.remove(message.key());
                } else {
                    inForce.put(message.key(), decoder.decode(message.value()));
                }
            }
        }
        return inForce;
    }

    public static void main(String[] arguments) throws IOException {
        Map<String, Object> properties = Map.of(
            "bootstrap.servers", arguments[0],
            "enable.auto.commit", "false",
            "isolation.level", "read_committed"); // Java's own default shows what was rolled back
        BinaryMessageDecoder<GenericRecord> decoder = decoder(List.of(arguments).subList(2, arguments.length));
        try (var consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
            for (GenericRecord violation : violations(consumer, arguments[1], decoder).values()) {
                System.out.printf("%s %s %s %s %s%n", violation.get("alert_id"), violation.get("rule"), violation.get("level"),
                                  violation.get("location_id"), LocalDate.ofEpochDay((Integer) violation.get("violation_on")));
            }
        }
    }
}
