package clinicops.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.cli.FrontDoor;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Plays the examples of {@code docs/insurers.md} as an insurer's engineer would: files are saved, programs run, calls of curl made,
 * and every answer is compared with the one in the guide. What stands in angle brackets is taken from the first answer that shows
 * it; {@code …} is any text; an answer may say more than the guide shows.
 */
final class InsurersGuide {
    private static final String CLINIC = "https://clinic.example";
    private static final Pattern HEADING = Pattern.compile("## (.+)");
    private static final Pattern PLACEHOLDER = Pattern.compile("<([a-z0-9' ]+)>");
    private static final Pattern WORD = Pattern.compile("(?:[^\\s\"]|\"[^\"]*\")+");

    /** @param info what stands behind the fence's first three marks: a language, and a file's name or a status */
    private record Block(String heading, String info, String text) {}

    private record Shown(int status, String text) {}

    private final List<Block> blocks;
    private final Set<String> played = new HashSet<>();
    private final Path folder;
    private final URI clinic;
    private final FrontDoor admin;
    private final Map<String, String> known = new HashMap<>();
    private final HttpClient http = HttpClient.newHttpClient();

    /** @param folder where the guide's files are saved */
    InsurersGuide(Path folder, URI clinic, FrontDoor admin) {
        this.folder = folder;
        this.clinic = clinic;
        this.admin = admin;
        this.blocks = blocks(read(Path.of("..", "docs", "insurers.md")));
        assertThat(blocks).as("examples in the guide").hasSizeGreaterThan(20);
    }

    /** Says what the guide's reader knows by himself. */
    InsurersGuide knowing(String placeholder, String value) {
        known.put(placeholder, value);
        return this;
    }

    /** An answer seen later says anew what these are. */
    InsurersGuide forgetting(String... placeholders) {
        List.of(placeholders).forEach(known::remove);
        return this;
    }

    void play(String... headings) {
        for (String heading : headings) {
            played.add(heading);
            Shown shown = null;
            List<Block> section =
                    blocks.stream().filter(b -> b.heading().equals(heading)).toList();
            assertThat(section).as("examples under %s", heading).isNotEmpty();
            for (Block block : section) {
                shown = play(block, shown);
            }
        }
    }

    void requireAllPlayed() {
        assertThat(blocks).as("examples that nobody plays").allMatch(block -> played.contains(block.heading()));
    }

    private Shown play(Block block, Shown shown) {
        String[] info = block.info().split(" ");
        boolean file = info.length == 2 && info[1].contains(".");
        if (file) {
            write(folder.resolve(info[1]), filledIn(block.text()));
            return shown;
        }
        if (info[0].equals("sh")) {
            List<String> words = words(filledIn(block.text()));
            return words.getFirst().equals("java") ? program(words) : curl(words);
        }
        assertThat(shown).as("an answer without a question: %s", block.text()).isNotNull();
        if (info.length == 2) {
            assertThat(shown.status())
                    .as("status of %s, where the guide shows %s", shown.text(), block.text())
                    .isEqualTo(Integer.parseInt(info[1]));
        }
        if (info[0].equals("json")) {
            compare(
                    FrontDoor.JSON.readTree(block.text()),
                    FrontDoor.JSON.readTree(shown.text()),
                    block.heading() + ": ");
        } else {
            compare(block.text().strip(), shown.text().strip(), block.heading());
        }
        return shown;
    }

    private Shown program(List<String> words) {
        List<String> command = new ArrayList<>(words);
        command.set(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectError(new File(folder.toFile(), "program.err"))
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor())
                    .as("%s%s", words, read(folder.resolve("program.err")))
                    .isZero();
            return new Shown(0, said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As much of curl as the guide uses; what it doesn't know fails. */
    private Shown curl(List<String> words) {
        assertThat(words.getFirst()).isEqualTo("curl");
        Map<String, String> headers = new HashMap<>();
        List<String> form = new ArrayList<>();
        String body = null;
        String url = null;
        for (int i = 1; i < words.size(); i++) {
            String word = words.get(i);
            switch (word) {
                case "-b" -> i++;
                case "-H" -> {
                    String[] header = words.get(++i).split(": ", 2);
                    headers.put(header[0], header[1]);
                }
                case "--json", "--data" -> {
                    assertThat(words.get(++i)).startsWith("@");
                    body = read(folder.resolve(words.get(i).substring(1)));
                }
                case "--data-urlencode" -> {
                    String[] field = words.get(++i).split("=", 2);
                    form.add(field[0] + "=" + URLEncoder.encode(field[1], StandardCharsets.UTF_8));
                }
                default -> {
                    assertThat(url).as("two addresses: %s", words).isNull();
                    assertThat(word).startsWith(clinic.toString());
                    url = word;
                }
            }
        }
        String path = String.valueOf(url).substring(clinic.toString().length());
        if (path.startsWith("/api/")) {
            FrontDoor.Answer answer = admin.tryPost(path, FrontDoor.JSON.readTree(body), null);
            return new Shown(answer.status(), answer.body().toString());
        }
        if (!form.isEmpty()) {
            body = String.join("&", form);
            headers.put("Content-Type", "application/x-www-form-urlencoded");
        }
        var request = HttpRequest.newBuilder(URI.create(String.valueOf(url)));
        headers.forEach(request::header);
        request.method(
                body == null ? "GET" : "POST", body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        try {
            var response = http.send(request.build(), BodyHandlers.ofString());
            return new Shown(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void compare(JsonNode expected, JsonNode actual, String path) {
        assertThat(actual.getNodeType()).as("%s is %s", path, actual).isEqualTo(expected.getNodeType());
        if (expected.isObject()) {
            expected.properties()
                    .forEach(field ->
                            compare(field.getValue(), actual.path(field.getKey()), path + "." + field.getKey()));
        } else if (expected.isArray()) {
            assertThat(actual.size()).as("%s of %s", path, actual).isGreaterThanOrEqualTo(expected.size());
            for (int i = 0; i < expected.size(); i++) {
                compare(expected.get(i), actual.get(i), path + "[" + i + "]");
            }
        } else if (expected.isString()) {
            compare(expected.asString(), actual.asString(), path);
        } else if (expected.isNumber()) {
            assertThat(actual.decimalValue()).as(path).isEqualByComparingTo(expected.decimalValue());
        } else {
            assertThat(actual).as(path).isEqualTo(expected);
        }
    }

    private void compare(String expected, String actual, String path) {
        List<String> unknown = new ArrayList<>();
        Matcher parts = Pattern.compile("<[a-z0-9' ]+>|…").matcher(filledIn(expected));
        var pattern = new StringBuilder();
        int from = 0;
        String text = filledIn(expected);
        while (parts.find()) {
            pattern.append(Pattern.quote(text.substring(from, parts.start())));
            if (parts.group().equals("…")) {
                pattern.append(".+");
            } else {
                unknown.add(parts.group().substring(1, parts.group().length() - 1));
                pattern.append("(.+)");
            }
            from = parts.end();
        }
        pattern.append(Pattern.quote(text.substring(from)));
        Matcher fits = Pattern.compile(pattern.toString(), Pattern.DOTALL).matcher(actual);
        assertThat(fits.matches())
                .as("%s is %s, and the guide shows %s", path, actual, text)
                .isTrue();
        for (int i = 0; i < unknown.size(); i++) {
            known.put(unknown.get(i), fits.group(i + 1));
        }
    }

    private String filledIn(String text) {
        return PLACEHOLDER
                .matcher(text.replace(CLINIC, clinic.toString()))
                .replaceAll(found ->
                        Matcher.quoteReplacement(known.getOrDefault(found.group(1), "<" + found.group(1) + ">")));
    }

    private static List<String> words(String command) {
        return WORD.matcher(command.replace("\\\n", " "))
                .results()
                .map(word -> word.group().replace("\"", ""))
                .toList();
    }

    private static List<Block> blocks(String guide) {
        List<Block> blocks = new ArrayList<>();
        String heading = "";
        String info = null;
        var text = new StringBuilder();
        for (String line : guide.lines().toList()) {
            Matcher found = HEADING.matcher(line);
            if (info == null && found.matches()) {
                heading = found.group(1);
            } else if (info == null && line.startsWith("```")) {
                info = line.substring(3).strip();
                text.setLength(0);
            } else if (info != null && line.equals("```")) {
                blocks.add(new Block(heading, info, text.toString()));
                info = null;
            } else if (info != null) {
                text.append(line).append('\n');
            }
        }
        return blocks;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
