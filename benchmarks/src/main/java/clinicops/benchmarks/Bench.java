package clinicops.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Measures parts of the clinic on this machine, beside raw limits measured in the same run.
 *
 * <p>{@code outbox|doors|intake [--json FILE]}: prints a table, writes the figures as a JSON list and ends with 1 when a target is
 * missed, with 2 when it was called wrongly.
 */
public final class Bench {

    private Bench() {}

    /** See the class comment. */
    public static void main(String[] args) throws Exception {
        List<String> words = List.of(args);
        int file = words.indexOf("--json") + 1;
        if (words.isEmpty()
                || !List.of("outbox", "doors", "intake").contains(words.getFirst())
                || file == words.size()) {
            System.err.println("usage: outbox|doors|intake [--json FILE]");
            System.exit(2);
        }
        List<Figure> figures =
                switch (words.getFirst()) {
                    case "doors" -> DoorsBench.run();
                    case "intake" -> IntakeBench.run();
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
