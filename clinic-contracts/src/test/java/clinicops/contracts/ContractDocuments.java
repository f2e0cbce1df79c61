package clinicops.contracts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.lang.model.element.TypeElement;
import javax.tools.ToolProvider;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Everything that is generated from the event records: schemas, AsyncAPI and the human's page. */
final class ContractDocuments {
    static final Path MODULE = Path.of("").toAbsolutePath();
    static final Path SCHEMAS = MODULE.resolve("src/main/resources/clinicops/contracts/schemas");
    static final Path SAMPLES = MODULE.resolve("src/main/resources/clinicops/contracts/samples");
    private static final Path DOCS = MODULE.resolve("../docs").normalize();

    private ContractDocuments() {}

    /** Content by file; every file ends in a newline. */
    static Map<Path, String> generate() throws IOException {
        Map<Path, String> files = new LinkedHashMap<>();
        for (var entry : EventCatalog.entries()) {
            files.put(SCHEMAS.resolve(entry.type() + ".json"), pretty(EventSchemas.of(entry)));
        }
        files.put(DOCS.resolve("asyncapi.json"), pretty(asyncApi()));
        files.put(DOCS.resolve("events.md"), page());
        return files;
    }

    private static String pretty(JsonNode node) {
        return EventSchemas.JSON
                        .writerWithDefaultPrettyPrinter()
                        .writeValueAsString(node)
                        .replace("\r\n", "\n") + "\n";
    }

    private static ObjectNode asyncApi() {
        ObjectNode root = EventSchemas.JSON.createObjectNode();
        root.put("asyncapi", "3.0.0");
        root.putObject("info")
                .put("title", "clinicops events")
                .put("version", "1.0.0")
                .put(
                        "description",
                        "CloudEvents 1.0 in binary mode on Kafka: ce_ headers, JSON body. Generated; do not edit.");
        root.put("defaultContentType", "application/json");
        ObjectNode channels = root.putObject("channels");
        ObjectNode operations = root.putObject("operations");
        ObjectNode components = root.putObject("components");
        ObjectNode messages = components.putObject("messages");
        ObjectNode schemas = components.putObject("schemas");
        schemas.set("cloudEventHeaders", headers());
        for (var entry : EventCatalog.entries()) {
            String name = entry.type();
            String of = entry.topic().substring("clinic.".length());
            ObjectNode channel =
                    channels.has(of) ? (ObjectNode) channels.get(of) : channel(channels, of, entry.topic());
            ((ObjectNode) channel.get("messages")).putObject(name).put("$ref", "#/components/messages/" + name);
            ObjectNode message = messages.putObject(name).put("name", name).put("contentType", "application/json");
            message.putObject("headers").put("$ref", "#/components/schemas/cloudEventHeaders");
            message.putObject("payload").put("$ref", "#/components/schemas/" + name);
            schemas.set(name, EventSchemas.of(entry));
        }
        ObjectNode contact = channel(channels, "contact", Topics.CONTACT);
        ((ObjectNode) contact.get("messages"))
                .putObject("contact-card")
                .put("$ref", "#/components/messages/contact-card");
        ObjectNode card =
                messages.putObject("contact-card").put("name", "contact-card").put("contentType", "application/jose");
        card.put("summary", "Compact JWE (dir, A256GCM) of a contact card; a tombstone erases it");
        card.putObject("payload").put("type", "string");
        for (String owner : List.of("intake", "scheduling", "billing", "notification")) {
            ObjectNode operation = operations.putObject(owner + "Sends").put("action", "send");
            operation.putObject("channel").put("$ref", "#/channels/" + owner);
        }
        operations
                .putObject("schedulingSendsPulses")
                .put("action", "send")
                .putObject("channel")
                .put("$ref", "#/channels/pulses");
        operations
                .putObject("intakeSendsContacts")
                .put("action", "send")
                .putObject("channel")
                .put("$ref", "#/channels/contact");
        return root;
    }

    private static ObjectNode channel(ObjectNode channels, String name, String topic) {
        ObjectNode channel = channels.putObject(name).put("address", topic);
        channel.putObject("messages");
        channel.putObject("bindings").putObject("kafka").put("partitions", Topics.PARTITIONS);
        return channel;
    }

    private static ObjectNode headers() {
        ObjectNode headers = EventSchemas.JSON.createObjectNode().put("type", "object");
        ObjectNode properties = headers.putObject("properties");
        Map<String, String> meanings = new TreeMap<>(Map.of(
                "ce_specversion", "1.0",
                "ce_id", "event id, UUIDv7: the key of exactly-once effect",
                "ce_type", "owner.name.vN",
                "ce_source", "sending service",
                "ce_subject", "aggregate id",
                "ce_sequence", "aggregate version after the command; never falls for one subject",
                "ce_time", "business time of the fact, UTC",
                "ce_correlationid", "one id for everything that one request led to",
                "ce_causationid", "id of the event that led to this one",
                "traceparent", "W3C trace context"));
        meanings.forEach((name, meaning) ->
                properties.putObject(name).put("type", "string").put("description", meaning));
        var required = headers.putArray("required");
        List.of(
                        "ce_specversion",
                        "ce_id",
                        "ce_type",
                        "ce_source",
                        "ce_subject",
                        "ce_sequence",
                        "ce_time",
                        "ce_correlationid")
                .forEach(required::add);
        return headers;
    }

    private static String page() throws IOException {
        Map<String, String> comments = comments();
        StringBuilder out = new StringBuilder();
        out.append("""
                # Events

                Generated from the records in `clinic-contracts`; do not edit: `./mvnw -pl clinic-contracts test -Dcontracts.update=true`.

                CloudEvents 1.0 in binary mode on Kafka, JSON body, key = patient id (else aggregate id), 12 partitions, kept for ever (pulses for a day).
                Within a version only optional additions are made. Bodies carry ids, codes, times and amounts: no free clinical
                text, names, addresses or phone numbers. Those travel sealed on `clinic.contact` (compacted, tombstone erases).
                """);
        String topic = "";
        for (var entry : EventCatalog.entries()) {
            String owner = entry.owner();
            if (!topic.equals(entry.topic())) {
                topic = entry.topic();
                out.append("\n## ")
                        .append(owner)
                        .append(" (topic `")
                        .append(entry.topic())
                        .append("`)\n");
            }
            out.append("\n### `").append(entry.type()).append("`\n\n");
            Comment comment =
                    Comment.parse(comments.getOrDefault(entry.recordClass().getCanonicalName(), ""));
            if (!comment.text().isEmpty()) {
                out.append(comment.text()).append("\n\n");
            }
            out.append("| component | type | required | meaning |\n|---|---|---|---|\n");
            JsonNode schema = EventSchemas.of(entry);
            List<String> required = schema.path("required")
                    .valueStream()
                    .map(JsonNode::asString)
                    .toList();
            for (var component : entry.recordClass().getRecordComponents()) {
                String name = component.getName();
                out.append("| ")
                        .append(name)
                        .append(" | ")
                        .append(typeName(schema.path("properties").path(name)))
                        .append(" | ")
                        .append(required.contains(name) ? "yes" : "no")
                        .append(" | ")
                        .append(comment.params().getOrDefault(name, ""))
                        .append(" |\n");
            }
        }
        return out.toString();
    }

    private static String typeName(JsonNode schema) {
        JsonNode type = schema.path("type");
        String name = type.isArray() ? type.get(0).asString() : type.asString();
        if (schema.has("format")) {
            return schema.get("format").asString();
        }
        if (name.equals("array")) {
            return "list of " + typeName(schema.path("items"));
        }
        if (name.equals("object")) {
            return "{" + String.join(", ", schema.path("properties").propertyNames()) + "}";
        }
        return name;
    }

    /** Documentation comments by canonical class name, read by the compiler itself. */
    private static Map<String, String> comments() throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        Map<String, String> comments = new TreeMap<>();
        try (var manager = compiler.getStandardFileManager(null, null, null);
                var sources = Files.list(MODULE.resolve("src/main/java/clinicops/contracts"))) {
            var files = manager.getJavaFileObjectsFromPaths(
                    sources.filter(p -> p.toString().endsWith(".java")).sorted().toList());
            var options = List.of("-proc:none", "-classpath", System.getProperty("java.class.path"));
            var task = (com.sun.source.util.JavacTask) compiler.getTask(null, manager, null, options, null, files);
            task.parse();
            task.analyze();
            for (var entry : EventCatalog.entries()) {
                String name = entry.recordClass().getCanonicalName();
                TypeElement element = task.getElements().getTypeElement(name);
                String comment = task.getElements().getDocComment(element);
                if (comment != null) {
                    comments.put(name, comment);
                }
            }
        }
        return comments;
    }

    private record Comment(String text, Map<String, String> params) {
        static Comment parse(String raw) {
            String flat = raw.replaceAll("\\{@(?:code|link)\\s+([^}]*)}", "`$1`")
                    .replaceAll("\\s+", " ")
                    .strip();
            String[] parts = flat.split(" ?@param ");
            Map<String, String> params = new LinkedHashMap<>();
            for (int i = 1; i < parts.length; i++) {
                String[] words = parts[i].split(" ", 2);
                params.put(words[0], words.length > 1 ? words[1].strip() : "");
            }
            return new Comment(parts[0].strip(), params);
        }
    }
}
