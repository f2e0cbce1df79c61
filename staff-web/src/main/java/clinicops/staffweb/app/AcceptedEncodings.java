package clinicops.staffweb.app;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What compression a client can undo, as its {@code Accept-Encoding} says. */
final class AcceptedEncodings {
    private final Map<String, Boolean> said = new HashMap<>();

    private AcceptedEncodings() {}

    static AcceptedEncodings of(List<String> headers) {
        var accepted = new AcceptedEncodings();
        for (String header : headers) {
            for (String part : header.split(",")) {
                String[] encoding = part.split(";", -1);
                boolean refused = encoding.length > 1
                        && encoding[1].replace(" ", "").toLowerCase(Locale.ROOT).matches("q=0(\\.0*)?");
                accepted.said.put(encoding[0].strip().toLowerCase(Locale.ROOT), !refused);
            }
        }
        return accepted;
    }

    boolean has(String encoding) {
        return said.getOrDefault(encoding, said.getOrDefault("*", false));
    }
}
