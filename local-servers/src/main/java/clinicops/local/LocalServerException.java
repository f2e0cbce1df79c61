package clinicops.local;

import org.jspecify.annotations.Nullable;

/** A local broker or database could not be obtained, started or used; the message is fit for the person who typed the command. */
public final class LocalServerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LocalServerException(String message) {
        super(message);
    }

    LocalServerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
