package clinicops.outbox;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.time.Instant;
import java.util.Locale;

/** New ids: UUIDv7 as text, so that ids sort roughly by creation. */
public final class Ids {

    private static final TimeBasedEpochGenerator GENERATOR = Generators.timeBasedEpochGenerator();

    private Ids() {}

    /** A new id, larger than all that this JVM made before. */
    public static String next() {
        return GENERATOR.generate().toString();
    }

    /** Smaller than every id made at this time or later. */
    static String smallestAt(Instant time) {
        String millis = String.format(Locale.ROOT, "%012x", time.toEpochMilli());
        return millis.substring(0, 8) + "-" + millis.substring(8);
    }
}
