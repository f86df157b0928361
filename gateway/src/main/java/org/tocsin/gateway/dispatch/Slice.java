package org.tocsin.gateway.dispatch;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Addressees of one batch that wait: in a lane for their first attempt, or for another one. */
final class Slice {
    final LaneBatch batch;
    final @Nullable String item;
    final int attempt;
    final long notBefore;
    /** How often the carrier has said of them that they come too fast. */
    final int throttles;

    private int[] numbers;

    /**
     * Makes a slice.
     *
     * @param batch the batch
     * @param item its place in the lane; null where it is in none
     * @param attempt 1 for the first
     * @param notBefore in milliseconds since 1970
     * @param numbers whom
     */
    Slice(LaneBatch batch, @Nullable String item, int attempt, long notBefore, int[] numbers) {
        this(batch, item, attempt, notBefore, 0, numbers);
    }

    /** Makes a slice of those whom the carrier has throttled so often. */
    Slice(LaneBatch batch, @Nullable String item, int attempt, long notBefore, int throttles, int[] numbers) {
        this.throttles = throttles;
        this.batch = batch;
        this.item = item;
        this.attempt = attempt;
        this.notBefore = notBefore;
        this.numbers = numbers;
    }

    int size() {
        return numbers.length;
    }

    int[] numbers() {
        return numbers;
    }

    /** Takes out the first ones. */
    int[] take(int count) {
        int[] first = Arrays.copyOf(numbers, count);
        numbers = Arrays.copyOfRange(numbers, count, numbers.length);
        return first;
    }

    /** Sets who is left. */
    void keep(int[] left) {
        numbers = left;
    }
}
