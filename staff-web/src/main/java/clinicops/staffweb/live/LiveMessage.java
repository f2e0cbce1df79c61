package clinicops.staffweb.live;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One message as it goes over the line, made once for all who get it.
 *
 * @param position where it stands among all that happened
 * @param full for those who see all of a journey
 * @param withoutMoney what is left for those who don't see the money; null when nothing is
 * @param forEverybody what is left for those who see no journeys; null when nothing is
 */
record LiveMessage(
        long position, byte @Nullable [] full, byte @Nullable [] withoutMoney, byte @Nullable [] forEverybody) {

    /** @param data JSON in one line */
    static byte[] text(String event, long position, String data) {
        return ("id: " + Long.toHexString(position) + "\nevent: " + event + "\ndata: " + data + "\n\n")
                .getBytes(StandardCharsets.UTF_8);
    }
}
