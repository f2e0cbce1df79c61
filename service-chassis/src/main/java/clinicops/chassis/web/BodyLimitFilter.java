package clinicops.chassis.web;

import clinicops.chassis.Problem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses bodies that are larger than any sound request: 1 MB, 5 MB for CSV and for what is sent to an import, and for a
 * document's upload what {@code clinicops.upload-limit} says. The front door and the service behind it share the setting.
 */
public final class BodyLimitFilter extends OncePerRequestFilter {
    private static final DataSize LIMIT = DataSize.ofMegabytes(1);
    private static final DataSize IMPORT_LIMIT = DataSize.ofMegabytes(5);

    private final DataSize uploadLimit;
    private final ProblemWriter problems;

    BodyLimitFilter(DataSize uploadLimit, ProblemWriter problems) {
        this.uploadLimit = uploadLimit;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        DataSize limit = limit(request);
        if (request.getContentLengthLong() > limit.toBytes()) {
            problems.write(response, problem(limit));
            return;
        }
        chain.doFilter(new Limited(request, limit), response);
    }

    private DataSize limit(HttpServletRequest request) {
        String contentType = request.getContentType();
        if (contentType != null
                && contentType.startsWith("multipart/form-data")
                && request.getRequestURI().endsWith("/documents")) {
            return uploadLimit;
        }
        boolean csv = contentType != null && contentType.startsWith("text/csv");
        return csv || request.getRequestURI().endsWith("/import") ? IMPORT_LIMIT : LIMIT;
    }

    static Problem problem(DataSize limit) {
        return Problem.of(
                HttpStatus.CONTENT_TOO_LARGE.value(),
                "The body is too large",
                "body-too-large",
                "at most " + limit.toMegabytes() + " MB");
    }

    /** The body, without a declared length, went over the limit while it was read. */
    public static final class BodyTooLarge extends IOException {
        private final transient DataSize limit;

        BodyTooLarge(DataSize limit) {
            super("body over " + limit);
            this.limit = limit;
        }

        public DataSize limit() {
            return limit;
        }
    }

    private static final class Limited extends HttpServletRequestWrapper {
        private final DataSize limit;
        private @Nullable ServletInputStream body;

        Limited(HttpServletRequest request, DataSize limit) {
            super(request);
            this.limit = limit;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            var present = body;
            if (present == null) {
                present = new Counted(super.getInputStream(), limit);
                body = present;
            }
            return present;
        }

        @Override
        public BufferedReader getReader() throws IOException {
            return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
        }
    }

    private static final class Counted extends ServletInputStream {
        private final ServletInputStream body;
        private final DataSize limit;
        private long read;

        Counted(ServletInputStream body, DataSize limit) {
            this.body = body;
            this.limit = limit;
        }

        @Override
        public int read() throws IOException {
            int one = body.read();
            if (one >= 0) {
                count(1);
            }
            return one;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int some = body.read(into, offset, length);
            if (some > 0) {
                count(some);
            }
            return some;
        }

        private void count(int bytes) throws BodyTooLarge {
            read += bytes;
            if (read > limit.toBytes()) {
                throw new BodyTooLarge(limit);
            }
        }

        @Override
        public boolean isFinished() {
            return body.isFinished();
        }

        @Override
        public boolean isReady() {
            return body.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            body.setReadListener(listener);
        }
    }
}
