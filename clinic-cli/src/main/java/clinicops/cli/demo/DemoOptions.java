package clinicops.cli.demo;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How much of the demo is played.
 *
 * @param json where the result goes, null for nowhere
 * @param patients plays only the first so many of the waiting list; null for all
 * @param busy stops in the middle of the first day on which so many patients are being treated at once, so that there is
 *     something to look at; null plays to the end
 * @param accounts where the demo's accounts and their passwords are left, readable by their owner alone; null for nowhere
 */
public record DemoOptions(
        @Nullable String json,
        @Nullable Integer patients,
        @Nullable Integer busy,
        @Nullable Path accounts) {}
