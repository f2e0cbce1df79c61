package clinicops.intake.referral;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinesTest {

    @Test
    void countsLinesWhateverEndsThem() throws IOException {
        assertThat(lines("a\nb\r\nc\rd\n\ne"))
                .extracting(line -> line.number() + line.text())
                .containsExactly("1a", "2b", "3c", "4d", "5", "6e");
    }

    @Test
    void neverHoldsAnEndlessLine() throws IOException {
        var lines = lines("x".repeat(Lines.LONGEST + 1) + "\nnext");

        assertThat(lines.getFirst().tooLong()).isTrue();
        assertThat(lines.getFirst().text()).hasSize(Lines.LONGEST);
        assertThat(lines.getLast()).isEqualTo(new Lines.Line(2, "next", false));
    }

    @Test
    void anEmptyTextHasNoLine() throws IOException {
        assertThat(lines("")).isEmpty();
    }

    private static List<Lines.Line> lines(String text) throws IOException {
        var reader = new Lines(new StringReader(text));
        var lines = new ArrayList<Lines.Line>();
        for (var line = reader.next(); line != null; line = reader.next()) {
            lines.add(line);
        }
        return lines;
    }
}
