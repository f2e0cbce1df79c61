package clinicops.intake.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinicops.chassis.RuleViolation;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

public class DrawnSignatureTest {

    @Test
    void takesALineOnPaperOrOnGlass() throws IOException {
        for (int type : new int[] {BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_INT_ARGB}) {
            assertThat(DrawnSignature.png(drawn(type, 400, 120))).startsWith(new byte[] {(byte) 0x89, 'P', 'N', 'G'});
        }
    }

    @Test
    void aSignatureWithoutALineIsNone() throws IOException {
        refuses(base64(new BufferedImage(400, 120, BufferedImage.TYPE_INT_ARGB)));
        // black all over
        refuses(base64(new BufferedImage(400, 120, BufferedImage.TYPE_INT_RGB)));
    }

    @Test
    void whatIsNoPictureIsRefusedUnread() {
        refuses("not base64!");
        refuses("");
        refuses(Base64.getEncoder().encodeToString("<svg onload='x'/>".getBytes()));
        refuses(Base64.getEncoder().encodeToString(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'}));
    }

    @Test
    void aSmallFileThatUnpacksToAWallIsRefusedUnpacked() throws IOException {
        refuses(drawn(BufferedImage.TYPE_BYTE_BINARY, 6000, 4000));
    }

    @Test
    void aLargeFileIsRefused() throws IOException {
        var noise = new BufferedImage(500, 500, BufferedImage.TYPE_INT_RGB);
        var random = new Random(1);
        for (int i = 0; i < 250_000; i++) {
            noise.setRGB(i % 500, i / 500, random.nextInt());
        }
        refuses(base64(noise));
    }

    /** A line across a white or clear sheet, as PNG in base64. */
    public static String drawn(int type, int width, int height) throws IOException {
        var image = new BufferedImage(width, height, type);
        var pen = image.createGraphics();
        if (type != BufferedImage.TYPE_INT_ARGB) {
            pen.setColor(Color.WHITE);
            pen.fillRect(0, 0, width, height);
        }
        pen.setColor(Color.BLACK);
        pen.drawLine(10, height / 2, width - 10, height / 3);
        pen.dispose();
        return base64(image);
    }

    private static String base64(BufferedImage image) throws IOException {
        var out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return Base64.getEncoder().encodeToString(out.toByteArray());
    }

    private static void refuses(String drawing) {
        assertThatThrownBy(() -> DrawnSignature.png(drawing)).isInstanceOfSatisfying(RuleViolation.class, refused -> {
            assertThat(refused.rule()).isEqualTo("signature-image");
            assertThat(refused.field()).isEqualTo("drawing");
        });
    }
}
