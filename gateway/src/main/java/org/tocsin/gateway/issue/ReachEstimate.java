package org.tocsin.gateway.issue;

import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;
import org.tocsin.alert.Alert;
import org.tocsin.alert.Content;
import org.tocsin.alert.Info;
import org.tocsin.alert.Level;
import org.tocsin.channel.Addressing;
import org.tocsin.channel.Capabilities;
import org.tocsin.gateway.registry.RegistryView;
import org.tocsin.gateway.targeting.Estimate;
import org.tocsin.gateway.targeting.Part;
import org.tocsin.gateway.targeting.Target;
import org.tocsin.gateway.targeting.TargetRefused;
import org.tocsin.gateway.targeting.Targeting;
import org.tocsin.wording.Segments;
import org.tocsin.wording.Wording;

/** Estimates whom an alert would reach, by what they would get, and what that costs. May be used by any thread. */
public final class ReachEstimate {
    private final Targeting targeting;
    private final Supplier<RegistryView> registry;
    private final Map<String, Capabilities> channels;
    private final Wording wording;
    private final TerminalHealth health;
    private final @Nullable BigDecimal smsPrice;
    private final InstantSource clock;

    /**
     * Makes it.
     *
     * @param targeting finds whom an area holds
     * @param registry the registry as it is
     * @param channels what the channels address
     * @param wording the words that are sent
     * @param health how terminals are
     * @param smsPrice yuan for a segment; null where it is not known
     * @param clock the time, for the hours at which terminals are lent
     */
    public ReachEstimate(
            Targeting targeting,
            Supplier<RegistryView> registry,
            Map<String, Capabilities> channels,
            Wording wording,
            TerminalHealth health,
            @Nullable BigDecimal smsPrice,
            InstantSource clock) {
        this.targeting = targeting;
        this.registry = registry;
        this.channels = Map.copyOf(channels);
        this.wording = wording;
        this.health = health;
        this.smsPrice = smsPrice;
        this.clock = clock;
    }

    /**
     * Estimates.
     *
     * @param alert the alert, with one content
     * @param audience a name or an expression
     * @param wanted the channels by which it goes, in the order in which they are shown
     * @throws TargetRefused for an area or audience of which nothing is known, and where nobody and nothing is left
     */
    public Reach of(Alert alert, String audience, Collection<String> wanted) throws TargetRefused {
        RegistryView view = registry.get();
        List<Content> contents = Content.of(alert);
        Target target = targeting.target(contents, audience, view, clock.instant());
        Estimate estimate = targeting.estimate(target, view);
        List<Part> parts = target.parts(alert.status());
        RoaringBitmap persons =
                RoaringBitmap.or(parts.stream().map(Part::persons).iterator());
        RoaringBitmap terminals =
                RoaringBitmap.or(parts.stream().map(Part::terminals).iterator());
        Map<String, int[]> byKind = new TreeMap<>();
        for (int number : terminals) {
            var terminal = view.terminals().get(number);
            int[] counts = byKind.computeIfAbsent(terminal.kind(), kind -> new int[4]);
            counts[0]++;
            switch (health.of(terminal.code())) {
                case ONLINE -> {
                    // Fit: it is what the others leave.
                }
                case OFFLINE -> counts[1]++;
                case FAULTY -> counts[2]++;
                case UNKNOWN -> counts[3]++;
            }
        }
        List<Reach.ChannelReach> reached = new ArrayList<>();
        List<Reach.TerminalReach> kinds = new ArrayList<>();
        Reach.SmsLoad sms = null;
        for (String channel : wanted) {
            Capabilities known = channels.get(channel);
            if (known == null) {
                continue;
            }
            if (known.addressing() instanceof Addressing.Person person) {
                RoaringBitmap addressed =
                        RoaringBitmap.and(persons, view.people().reachable(person.column()));
                reached.add(new Reach.ChannelReach(channel, addressed.getCardinality()));
                if (channel.equals("sms")) {
                    sms = load(alert, contents.get(0), addressed, view);
                }
            } else {
                String kind = ((Addressing.Terminal) known.addressing()).kind();
                int[] counts = byKind.getOrDefault(kind, new int[4]);
                reached.add(new Reach.ChannelReach(channel, counts[0]));
                kinds.add(new Reach.TerminalReach(kind, counts[0], counts[1], counts[2], counts[3]));
            }
        }
        return new Reach(
                estimate.residents(),
                estimate.villages(),
                estimate.cutVillages(),
                persons.getCardinality(),
                reached,
                kinds,
                sms);
    }

    private Reach.SmsLoad load(Alert alert, Content content, RoaringBitmap phones, RegistryView view) {
        Map<String, Integer> segments = new HashMap<>();
        for (Info info : content.translations()) {
            String text = wording.render(
                            alert, content, info, "sms", content.level().orElse(Level.IV))
                    .part("text");
            segments.put(info.language(), Segments.of(text).count());
        }
        long[] messages = {0};
        if (segments.size() == 1) {
            messages[0] = (long) phones.getCardinality()
                    * segments.values().iterator().next();
        } else {
            Map<String, Integer> byTag = new HashMap<>();
            phones.forEach((int number) -> messages[0] += byTag.computeIfAbsent(
                    view.people().language(number),
                    tag -> segments.getOrDefault(content.in(tag).language(), 1)));
        }
        int most = segments.values().stream().mapToInt(Integer::intValue).max().orElse(1);
        BigDecimal cost = smsPrice == null ? null : smsPrice.multiply(BigDecimal.valueOf(messages[0]));
        return new Reach.SmsLoad(phones.getCardinality(), most, messages[0], cost);
    }
}
