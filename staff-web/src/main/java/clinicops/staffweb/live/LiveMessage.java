package clinicops.staffweb.live;

import clinicops.staffweb.journey.JourneySight;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;

/**
 * One message as it goes over the line, made once for all who get it.
 *
 * @param position where it stands among all that happened
 * @param texts what each sight gets of it; nothing where it has no entry
 */
record LiveMessage(long position, Map<JourneySight, byte[]> texts) {

    /** The same for everybody. */
    static LiveMessage toAll(long position, byte[] text) {
        var texts = new EnumMap<JourneySight, byte[]>(JourneySight.class);
        for (JourneySight sight : JourneySight.values()) {
            texts.put(sight, text);
        }
        return new LiveMessage(position, texts);
    }

    /** @param data JSON in one line */
    static byte[] text(String event, long position, String data) {
        return ("id: " + Long.toHexString(position) + "\nevent: " + event + "\ndata: " + data + "\n\n")
                .getBytes(StandardCharsets.UTF_8);
    }
}
