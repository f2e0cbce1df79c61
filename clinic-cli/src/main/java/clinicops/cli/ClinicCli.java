package clinicops.cli;

import clinicops.cli.deadletters.DeadLettersCommand;
import clinicops.cli.demo.Demo;
import clinicops.cli.demo.DemoOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code ./clinic demo} and {@code ./clinic dead-letters}: clients of the public API, with no other way in. */
public final class ClinicCli {
    private static final int USAGE = 2;

    private ClinicCli() {}

    public static void main(String[] args) {
        try {
            System.exit(run(List.of(args)));
        } catch (CommandFailed e) {
            System.err.println("clinic: " + e.getMessage());
            System.exit(1);
        }
    }

    /** @return the exit status */
    static int run(List<String> args) {
        Map<String, String> options = new HashMap<>();
        List<String> words = new ArrayList<>();
        for (int i = 0; i < args.size(); i++) {
            String arg = args.get(i);
            if (!arg.startsWith("--")) {
                words.add(arg);
            } else if (i + 1 < args.size()) {
                options.put(arg, args.get(++i));
            } else {
                throw new CommandFailed(arg + " needs a value; see ./clinic help");
            }
        }
        Path file = Path.of(options.getOrDefault(
                "--sign-in", options.getOrDefault("--default-sign-in", ".clinic/first-sign-in.json")));
        String command = words.isEmpty() ? "" : words.getFirst();
        for (String option : options.keySet()) {
            if (!List.of(
                            "--url",
                            "--sign-in",
                            "--default-sign-in",
                            "--json",
                            "--service",
                            "--patients",
                            "--busy",
                            "--accounts")
                    .contains(option)) {
                throw new CommandFailed("unknown option " + option + "; see ./clinic help");
            }
        }
        return switch (command) {
            case "demo" ->
                Demo.run(
                        SignIn.read(file, options.get("--url")),
                        new DemoOptions(
                                options.get("--json"),
                                number(options, "--patients"),
                                number(options, "--busy"),
                                options.containsKey("--accounts") ? Path.of(options.get("--accounts")) : null));
            case "dead-letters" ->
                DeadLettersCommand.run(
                        SignIn.read(file, options.get("--url")),
                        words.subList(1, words.size()),
                        options.get("--service"));
            default -> {
                System.err.println(
                        "usage: demo [--url URL] [--sign-in FILE] [--json FILE] [--patients N] [--busy N --accounts FILE] | dead-letters list|show ID|replay ID [--service NAME]");
                yield USAGE;
            }
        };
    }

    private static @Nullable Integer number(Map<String, String> options, String name) {
        String written = options.get(name);
        if (written == null) {
            return null;
        }
        if (!written.matches("[1-9]\\d{0,2}")) {
            throw new CommandFailed(name + " is a number from 1 to 999, not " + written);
        }
        return Integer.valueOf(written);
    }
}
