package clinicops.notification.delivery;

import org.jspecify.annotations.Nullable;

/** A message could not be handed over. The message text carries no address. */
final class NotSent extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean forGood;

    private NotSent(String message, boolean forGood, @Nullable Throwable cause) {
        super(message, cause);
        this.forGood = forGood;
    }

    /** The address is refused; trying again is of no use. */
    static NotSent addressRefused() {
        // without the cause: it quotes the address
        return new NotSent("the address was refused", true, null);
    }

    /** The provider can't be reached, or has no time; trying again may help. */
    static NotSent forNow(String message) {
        return new NotSent(message, false, null);
    }

    boolean isForGood() {
        return forGood;
    }
}
