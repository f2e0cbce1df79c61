package clinicops.intake.consent;

import clinicops.chassis.RuleViolation;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import javax.imageio.ImageIO;

/**
 * A signature that was drawn on a screen: a PNG with ink on it. Whatever else calls itself one is refused before a pixel of it
 * is decoded, since a small file can unpack to any size.
 */
final class DrawnSignature {
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int MOST_BYTES = 200 * 1024;
    private static final int WIDEST = 2000;
    private static final int HIGHEST = 1000;

    /** Fewer dark pixels than this are a slip of the pen. */
    private static final int LEAST_INK = 40;

    private static final int DARK = 160;

    private DrawnSignature() {}

    /**
     * @param base64 the PNG
     * @throws RuleViolation {@code signature-image} unless it is a PNG of at most 200 KB and 2000 x 1000 pixels, with ink
     */
    static byte[] png(String base64) {
        byte[] image;
        try {
            image = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw refused("must be base64");
        }
        if (image.length > MOST_BYTES) {
            throw refused("must have at most 200 KB");
        }
        if (image.length < PNG.length || !Arrays.equals(image, 0, PNG.length, PNG, 0, PNG.length)) {
            throw refused("must be a PNG");
        }
        if (ink(decoded(image)) < LEAST_INK) {
            throw refused("nothing was drawn");
        }
        return image;
    }

    private static BufferedImage decoded(byte[] image) {
        var readers = ImageIO.getImageReadersByFormatName("png");
        var reader = readers.next();
        try (var in = ImageIO.createImageInputStream(new ByteArrayInputStream(image))) {
            reader.setInput(in, true, true);
            if (reader.getWidth(0) > WIDEST || reader.getHeight(0) > HIGHEST) {
                throw refused("must have at most " + WIDEST + " x " + HIGHEST + " pixels");
            }
            return reader.read(0);
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw refused("must be a sound PNG");
        } finally {
            reader.dispose();
        }
    }

    private static int ink(BufferedImage image) {
        int dark = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int argb = image.getRGB(x, y);
                int alpha = argb >>> 24;
                int light = ((argb >> 16 & 0xff) + (argb >> 8 & 0xff) + (argb & 0xff)) / 3;
                if (alpha > 127 && light < DARK) {
                    dark++;
                }
            }
        }
        // a picture that is dark all over has no line in it
        return dark > image.getWidth() * image.getHeight() / 2 ? 0 : dark;
    }

    private static RuleViolation refused(String why) {
        return new RuleViolation("signature-image", why).withField("drawing");
    }
}
