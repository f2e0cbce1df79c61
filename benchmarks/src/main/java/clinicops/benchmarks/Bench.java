package clinicops.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Measures parts of the clinic on this machine, beside raw limits measured in the same run.
 *
 * <p>{@code outbox|intake|scheduling [--json FILE]} or {@code doors [--only PART,...] [--json FILE]}: prints a table, writes the figures as
 * a JSON list and ends with 1 when a target is missed, with 2 when it was called wrongly.
 */
public final class Bench {

    private Bench() {}

    /** See the class comment. */
    public static void main(String[] args) throws Exception {
        List<String> words = List.of(args);
        int file = words.indexOf("--json") + 1;
        int only = words.indexOf("--only") + 1;
        List<String> parts =
                only > 0 && only < words.size() ? List.of(words.get(only).split(",")) : DoorsBench.PARTS;
        if (words.isEmpty()
                || !List.of("outbox", "doors", "intake", "scheduling").contains(words.getFirst())
                || file == words.size()
                || only == words.size()
                || !DoorsBench.PARTS.containsAll(parts)) {
            System.err.println("usage: outbox|doors|intake|scheduling [--json FILE], doors --only "
                    + String.join(",", DoorsBench.PARTS));
            System.exit(2);
        }
        List<Figure> figures =
                switch (words.getFirst()) {
                    case "doors" -> DoorsBench.run(parts);
                    case "intake" -> IntakeBench.run();
                    case "scheduling" -> SchedulingBench.run();
                    default -> OutboxBench.run();
                };
        System.out.print(Figure.table(figures));
        if (file > 0) {
            Files.writeString(
                    Path.of(words.get(file)),
                    JsonMapper.builder()
                            .enable(SerializationFeature.INDENT_OUTPUT)
                            .build()
                            .writeValueAsString(figures));
        }
        System.exit(figures.stream().allMatch(Figure::reached) ? 0 : 1);
    }
}
