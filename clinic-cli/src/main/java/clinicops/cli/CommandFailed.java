package clinicops.cli;

/** The command can't go on; the message is for the person at the keyboard. */
public final class CommandFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    public CommandFailed(String message) {
        super(message);
    }
}
