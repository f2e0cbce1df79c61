package clinicops.scheduling.resource;

import clinicops.scheduling.protocol.Protocol;
import java.time.Duration;

/**
 * What a session of some route needs.
 *
 * @param length how long the chair is kept
 * @param pump whether an infusion pump is needed all that time
 */
public record Block(Duration length, boolean pump) {
    public static Block of(Protocol.Phases phases) {
        return new Block(phases.chairBlock(), phases.needsPump());
    }
}
