package clinicops.intake.referral;

import java.io.IOException;
import java.io.PushbackReader;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/** Cuts a text into its physical lines, counted from 1, never holding more than one line of {@value #LONGEST} characters. */
final class Lines {
    static final int LONGEST = 4000;

    private final PushbackReader text;
    private int number;

    Lines(Reader text) {
        this.text = new PushbackReader(text);
    }

    /** @param tooLong true when the line goes on beyond {@code text} */
    record Line(int number, String text, boolean tooLong) {}

    /** The next line; null after the last. */
    @Nullable
    Line next() throws IOException {
        int c = text.read();
        if (c < 0) {
            return null;
        }
        var line = new StringBuilder();
        boolean tooLong = false;
        while (c >= 0 && c != '\n' && c != '\r') {
            if (line.length() < LONGEST) {
                line.append((char) c);
            } else {
                tooLong = true;
            }
            c = text.read();
        }
        if (c == '\r') {
            int after = text.read();
            if (after >= 0 && after != '\n') {
                text.unread(after);
            }
        }
        number++;
        return new Line(number, line.toString(), tooLong);
    }
}
