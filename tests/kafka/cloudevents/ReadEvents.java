import io.cloudevents.CloudEvent;
import io.cloudevents.kafka.CloudEventDeserializer;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads every committed record of topics as a CloudEvent, and prints one line each: what it is, with tabs between.
 *
 * <p>java -cp 'build/cloudevents/lib/*' ReadEvents.java BOOTSTRAP TOPIC...
 */
public class ReadEvents {
    public static void main(String[] arguments) {
        Map<String, Object> properties = Map.of(
                "bootstrap.servers", arguments[0], "isolation.level", "read_committed", "enable.auto.commit", "false");
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                     properties, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (int i = 1; i < arguments.length; i++)
                consumer.partitionsFor(arguments[i])
                        .forEach(each -> partitions.add(new TopicPartition(each.topic(), each.partition())));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each)))
                consumer.poll(Duration.ofMillis(200)).forEach(ReadEvents::print);
        }
    }

    private static void print(ConsumerRecord<String, byte[]> record) {
        CloudEvent event = KafkaMessageFactory.createReader(record).toEvent();
        CloudEvent same = new CloudEventDeserializer().deserialize(record.topic(), record.headers(), record.value());
        if (!event.equals(same))
            throw new IllegalStateException("reader and deserializer differ: " + event + ", " + same);
        System.out.println(String.join("\t", record.topic(), record.key(), event.getSpecVersion().toString(),
                event.getId(), event.getSource().toString(), event.getType(), String.valueOf(event.getTime().toInstant().toEpochMilli()),
                String.valueOf(event.getDataContentType()), event.getExtensionNames().toString(),
                event.getData() == null ? "null" : String.valueOf(event.getData().toBytes().length)));
    }
}
