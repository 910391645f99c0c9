package dev.rowhouse.sandbox.aws.cloudformation;

import dev.rowhouse.sandbox.aws.wire.AwsException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/**
 * One page of a list that may grow at its head meanwhile: the token names the last item given, not a distance from the start.
 *
 * @param nextToken null on the last page
 */
record Page<T>(List<T> items, String nextToken) {

    /**
     * @param all by falling position
     * @param token of the page before
     * @param cost of one item; a page costs {@code budget} at most, and holds one item at least
     */
    static <T> Page<T> of(
            List<T> all, Optional<String> token, ToLongFunction<T> position, ToIntFunction<T> cost, int budget) {
        long before = token.filter(t -> !t.isEmpty()).map(Page::decode).orElse(Long.MAX_VALUE);
        List<T> items = new ArrayList<>();
        long spent = 0;
        for (T item : all) {
            if (position.applyAsLong(item) >= before) {
                continue;
            }
            spent += cost.applyAsInt(item);
            if (spent > budget && !items.isEmpty()) {
                return new Page<>(items, encode(position.applyAsLong(items.get(items.size() - 1))));
            }
            items.add(item);
        }
        return new Page<>(items, null);
    }

    private static String encode(long position) {
        return Base64.getUrlEncoder().encodeToString(("after " + position).getBytes(StandardCharsets.UTF_8));
    }

    private static long decode(String token) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            return Long.parseLong(text.substring(text.indexOf(' ') + 1));
        } catch (IllegalArgumentException e) {
            throw AwsException.validationError("Invalid pagination token provided to the next page request");
        }
    }
}
