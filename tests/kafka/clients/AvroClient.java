import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.apicurio.registry.serde.avro.AvroDatumProvider;
import io.apicurio.registry.serde.avro.AvroKafkaDeserializer;
import io.apicurio.registry.serde.avro.AvroKafkaSerializer;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.JsonEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;

/**
 * Java's Avro, and Apicurio's serializers for Kafka in Confluent's framing, for whoever writes lines of JSON to it.
 *
 * <p>A line asks, the next line of the output answers, so that one start is enough for a test:
 * <pre>
 * {"registry": URL or null, "topic": …, "schema": the writer's, "values": [Avro's JSON, …]}     {"records": [base64, …]}
 * {"registry": …, "topic": …, "writer": …, "reader": …, "records": [base64, …]}                 {"values": […]}
 * </pre>
 * Without a registry records are single-object encoded.
 */
public class AvroClient {
    private static final ObjectMapper JSON = new ObjectMapper();

    public static void main(String[] arguments) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line; (line = lines.readLine()) != null;)
            System.out.println(JSON.writeValueAsString(answer(JSON.readTree(line))));
    }

    private static ObjectNode answer(JsonNode asked) {
        ObjectNode answer = JSON.createObjectNode();
        try {
            if (asked.has("values"))
                write(asked, answer.putArray("records"));
            else
                read(asked, answer.putArray("values"));
        } catch (Exception wrong) {
            answer.removeAll().put("error", wrong.toString());
        }
        return answer;
    }

    private static void write(JsonNode asked, ArrayNode records) throws IOException {
        Schema schema = new Schema.Parser().parse(asked.get("schema").asText());
        BinaryMessageEncoder<GenericRecord> single = new BinaryMessageEncoder<>(GenericData.get(), schema);
        AvroKafkaSerializer<GenericRecord> framed = new AvroKafkaSerializer<>();
        boolean hasRegistry = !asked.get("registry").isNull();
        if (hasRegistry)
            framed.configure(properties(asked), false);
        for (JsonNode value : asked.get("values")) {
            GenericRecord record = new GenericDatumReader<GenericRecord>(schema)
                    .read(null, DecoderFactory.get().jsonDecoder(schema, value.asText()));
            byte[] bytes = hasRegistry
                    ? framed.serialize(asked.get("topic").asText(), record)
                    : bytesOf(single.encode(record));
            records.add(Base64.getEncoder().encodeToString(bytes));
        }
        if (hasRegistry)
            framed.close();
    }

    private static void read(JsonNode asked, ArrayNode values) throws IOException {
        Schema reader = new Schema.Parser().parse(asked.get("reader").asText());
        BinaryMessageDecoder<GenericRecord> single = new BinaryMessageDecoder<>(GenericData.get(), reader);
        AvroKafkaDeserializer<GenericRecord> framed = new AvroKafkaDeserializer<>();
        boolean hasRegistry = !asked.get("registry").isNull();
        if (hasRegistry) {
            Map<String, Object> properties = properties(asked);
            properties.put("apicurio.registry.avro-datum-provider", ReaderOf.class);
            ReaderOf.reader = reader;
            framed.configure(properties, false);
        }
        single.addSchema(new Schema.Parser().parse(asked.get("writer").asText()));
        for (JsonNode encoded : asked.get("records")) {
            byte[] bytes = Base64.getDecoder().decode(encoded.asText());
            values.add(jsonOf(hasRegistry
                    ? framed.deserialize(asked.get("topic").asText(), bytes)
                    : single.decode(bytes)));
        }
        if (hasRegistry)
            framed.close();
    }

    private static Map<String, Object> properties(JsonNode asked) {
        return new HashMap<>(Map.of(
                "apicurio.registry.url", asked.get("registry").asText(),
                "apicurio.registry.as-confluent", true,
                "apicurio.registry.use-id", "contentId",
                "apicurio.registry.headers.enabled", false,
                "apicurio.registry.auto-register", true));
    }

    private static byte[] bytesOf(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private static String jsonOf(GenericRecord record) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        JsonEncoder encoder = EncoderFactory.get().jsonEncoder(record.getSchema(), text);
        new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
        encoder.flush();
        return text.toString(StandardCharsets.UTF_8);
    }

    /** Reads by a schema of the reader's own, as a program does that knows another version than the writer. */
    public static class ReaderOf implements AvroDatumProvider<GenericRecord> {
        private static Schema reader; // the serializer makes its provider of a class alone

        @Override
        public DatumReader<GenericRecord> createDatumReader(Schema writer) {
            return new GenericDatumReader<>(writer, reader);
        }

        @Override
        public DatumWriter<GenericRecord> createDatumWriter(GenericRecord data, Schema schema) {
            return new GenericDatumWriter<>(schema);
        }

        @Override
        public Schema toSchema(GenericRecord data) {
            return data.getSchema();
        }
    }
}
