package clinicops.cli.deadletters;

import clinicops.cli.CommandFailed;
import clinicops.cli.FrontDoor;
import clinicops.cli.SignIn;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Events that a service refused: list them, look at one, replay it once its cause is gone. */
public final class DeadLettersCommand {
    private static final List<String> SERVICES =
            List.of("intake", "scheduling", "billing", "notification", "staff-web");

    private DeadLettersCommand() {}

    /** @param service one service; null looks in all */
    public static int run(SignIn signIn, List<String> words, @Nullable String service) {
        if (service != null && !SERVICES.contains(service)) {
            throw new CommandFailed("no service " + service + "; there are " + String.join(", ", SERVICES));
        }
        List<String> services = service == null ? SERVICES : List.of(service);
        String action = words.isEmpty() ? "list" : words.getFirst();
        FrontDoor door = signIn.open();
        return switch (action) {
            case "list" -> list(door, services);
            case "show" -> show(door, services, id(words));
            case "replay" -> replay(door, services, id(words));
            default -> throw new CommandFailed("dead-letters list | show ID | replay ID");
        };
    }

    private static int list(FrontDoor door, List<String> services) {
        int count = 0;
        System.out.printf("%-13s %-36s %-9s %-24s %-40s %s%n", "service", "id", "state", "at", "type", "reason");
        for (String service : services) {
            String cursor = "";
            do {
                JsonNode page = door.get(path(service) + "?limit=200" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
                for (JsonNode letter : page.path("items")) {
                    count++;
                    System.out.printf(
                            "%-13s %-36s %-9s %-24s %-40s %s%n",
                            service,
                            letter.path("id").asString(),
                            letter.path("state").asString(),
                            letter.path("at").asString(),
                            letter.path("type").asString("(none)"),
                            letter.path("reason").asString());
                }
                cursor = page.path("nextCursor").asString("");
            } while (!cursor.isEmpty());
        }
        System.out.println(count + (count == 1 ? " dead letter" : " dead letters"));
        return 0;
    }

    private static int show(FrontDoor door, List<String> services, String id) {
        JsonNode letter = door.get(path(owner(door, services, id)) + "/" + id);
        System.out.println(FrontDoor.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(letter));
        return 0;
    }

    private static int replay(FrontDoor door, List<String> services, String id) {
        String service = owner(door, services, id);
        FrontDoor.Answer answer = door.tryPost(path(service) + "/" + id + "/replay", Map.of(), null);
        if (!answer.ok()) {
            throw new CommandFailed(service + " refused it again: "
                    + answer.body().path("detail").asString(answer.body().toString()));
        }
        System.out.println("replayed in " + service);
        return 0;
    }

    private static String owner(FrontDoor door, List<String> services, String id) {
        for (String service : services) {
            FrontDoor.Answer answer = door.tryGet(path(service) + "/" + id);
            if (answer.ok()) {
                return service;
            }
        }
        throw new CommandFailed("no dead letter " + id);
    }

    private static String path(String service) {
        return "/api/services/" + service + "/dead-letters";
    }

    private static String id(List<String> words) {
        if (words.size() != 2) {
            throw new CommandFailed("dead-letters " + words.getFirst() + " needs one id");
        }
        return words.get(1);
    }
}
