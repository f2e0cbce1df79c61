package clinicops.chassis;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param nextCursor ask for the rest with {@code ?cursor=}; null on the last page
 */
public record Page<T>(List<T> items, @Nullable String nextCursor) {
    public Page {
        items = List.copyOf(items);
    }

    /**
     * Cuts a page from a query that asked for {@code limit + 1} rows.
     *
     * @param key the sort key of a row, which the cursor carries
     */
    public static <T> Page<T> of(List<T> oneMoreThanLimit, int limit, Function<? super T, String> key) {
        if (oneMoreThanLimit.size() <= limit) {
            return new Page<>(oneMoreThanLimit, null);
        }
        var items = oneMoreThanLimit.subList(0, limit);
        return new Page<>(items, new Cursor(key.apply(items.getLast())).encoded());
    }

    public <R> Page<R> map(Function<? super T, ? extends R> each) {
        return new Page<>(items.stream().<R>map(each).toList(), nextCursor);
    }
}
