package clinicops.local;

/** Prints the path of a mongod, obtained when there is none yet: progress on standard error, the path alone on standard output. */
public final class ObtainMongod {

    private ObtainMongod() {}

    /** Ends with status 1 and the things tried on standard error when there is none to be had. */
    public static void main(String[] arguments) {
        try {
            System.out.println(MongodBinary.obtain(System.err::println));
        } catch (LocalServerException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }
}
