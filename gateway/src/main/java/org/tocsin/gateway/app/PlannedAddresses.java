package org.tocsin.gateway.app;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;
import org.tocsin.gateway.receipt.ChannelEvidence;
import org.tocsin.gateway.receipt.Delivery;

/** One channel's evidence by address instead of number, for comparing it with a carrier's book. */
final class PlannedAddresses implements CarriersBooks.Evidence {
    private final Map<String, Integer> numbers = new HashMap<>();
    private final RoaringBitmap delivered;
    private final RoaringBitmap failed;
    private final RoaringBitmap unsent = new RoaringBitmap();

    /**
     * Takes the evidence.
     *
     * @param evidence what is known of the channel
     * @param address the address of a number in the carrier's form; null where it has none
     */
    PlannedAddresses(ChannelEvidence evidence, IntFunction<@Nullable String> address) {
        this.delivered = evidence.reached(1);
        this.failed = evidence.failed();
        for (Delivery.State state : List.of(Delivery.State.UNSENT, Delivery.State.DROPPED)) {
            evidence.deliveries(state, -1, Integer.MAX_VALUE).forEach(delivery -> unsent.add(delivery.number()));
        }
        evidence.planned().forEach((int number) -> {
            String known = address.apply(number);
            if (known != null) {
                numbers.put(known, number);
            }
        });
    }

    @Override
    public Stream<String> planned() {
        return numbers.keySet().stream();
    }

    @Override
    public boolean unsent(String address) {
        Integer number = numbers.get(address);
        return number != null && unsent.contains(number);
    }

    @Override
    public boolean delivered(String address) {
        Integer number = numbers.get(address);
        return number != null && delivered.contains(number);
    }

    @Override
    public boolean finallyReported(String address) {
        Integer number = numbers.get(address);
        return number != null && (delivered.contains(number) || failed.contains(number));
    }
}
