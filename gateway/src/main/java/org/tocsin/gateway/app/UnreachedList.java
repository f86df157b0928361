package org.tocsin.gateway.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.IntConsumer;
import org.roaringbitmap.PeekableIntIterator;
import org.roaringbitmap.RoaringBitmap;
import org.tocsin.channel.Addressing;
import org.tocsin.channel.Capabilities;
import org.tocsin.gateway.access.Principal;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.dispatch.Dispatcher;
import org.tocsin.gateway.ledger.ContentHash;
import org.tocsin.gateway.ledger.Deed;
import org.tocsin.gateway.ledger.Ledger;
import org.tocsin.gateway.receipt.IssueEvidence;
import org.tocsin.gateway.registry.Division;
import org.tocsin.gateway.registry.Registry;
import org.tocsin.gateway.registry.RegistryView;
import org.tocsin.gateway.report.CoverageSubject;
import org.tocsin.gateway.report.UnreachedPersons;
import org.tocsin.gateway.report.UnreachedPersons.Cause;
import org.tocsin.gateway.targeting.Atom;
import org.tocsin.gateway.targeting.MeasuredArea;

/**
 * Who was not reached, by name, for those who go and knock at doors. Villages are those of the plan, as are the
 * report's counts; names are the registry's now, of an address only the ends are shown. Whom the registry has let go of
 * since, or who lives in another village now, is not in the list: {@code removed} says how many. Each page that is read
 * is an act in the ledger, {@code unreached.read}.
 */
record UnreachedList(
        Dispatcher dispatcher,
        Registry registry,
        Map<String, Capabilities> capabilities,
        Ledger ledger,
        InstantSource clock) {
    private static final int PAGE = 200;
    private static final JsonMapper MAPPER = new JsonMapper();

    /**
     * A page, by the persons' numbers.
     *
     * @return UTF-8; empty where the issue was never planned
     * @throws IllegalArgumentException for a cause, village or cursor that there is not
     */
    Optional<byte[]> page(
            Warning warning,
            Principal principal,
            @Nullable String cause,
            @Nullable String village,
            @Nullable String cursor) {
        RegistryView view = registry.view();
        Set<Cause> causes = causes(cause);
        int after = after(cursor);
        if (warning.signed() == null) {
            return Optional.empty();
        }
        Optional<IssueEvidence> evidence = dispatcher.evidence(warning.id());
        if (evidence.isEmpty()) {
            return Optional.empty();
        }
        return dispatcher.area(warning.id()).map(area -> {
            UnreachedPersons unreached = new UnreachedPersons(CoverageSubject.of(warning, area), evidence.get());
            RoaringBitmap wanted = new RoaringBitmap();
            causes.forEach(each -> wanted.or(unreached.numbers(each)));
            if (village != null) {
                wanted.and(personsOf(area, village));
            }
            RoaringBitmap there = stillThere(view, area, wanted);
            ObjectNode page = MAPPER.createObjectNode();
            ArrayNode rows = page.putArray("persons");
            page.putNull("cursor");
            page.put("removed", wanted.getCardinality() - there.getCardinality());
            PeekableIntIterator numbers = there.getIntIterator();
            numbers.advanceIfNeeded(after + 1);
            int last = after;
            while (numbers.hasNext()) {
                if (rows.size() == PAGE) {
                    page.put("cursor", Integer.toString(last));
                    break;
                }
                last = numbers.next();
                rows.add(row(view, last, causeOf(unreached, last), evidence.get()));
            }
            return kept(warning, principal, page);
        });
    }

    /** Of the plan, who lives in a village: of a cut one also those without a position. */
    private static RoaringBitmap personsOf(MeasuredArea area, String village) {
        List<Atom> atoms = area.atoms().stream()
                .filter(atom -> atom.code().equals(village))
                .toList();
        if (atoms.isEmpty()) {
            throw new IllegalArgumentException("village must be the 12-digit code of a village of the warning's area");
        }
        RoaringBitmap persons = new RoaringBitmap();
        atoms.forEach(atom -> {
            persons.or(atom.living());
            persons.or(atom.unpositioned());
        });
        return persons;
    }

    /** Those whom the registry still has, in the village where the plan has them; the plan need not have a village. */
    private static RoaringBitmap stillThere(RegistryView view, MeasuredArea area, RoaringBitmap wanted) {
        RoaringBitmap moved = new RoaringBitmap();
        for (Atom atom : area.atoms()) {
            int village = view.divisions().villageNumber(atom.code());
            RoaringBitmap here = RoaringBitmap.or(atom.living(), atom.unpositioned());
            here.and(wanted);
            here.forEach((IntConsumer) number -> {
                if (!view.people().isRemoved(number) && view.people().villageOf(number) != village) {
                    moved.add(number);
                }
            });
        }
        RoaringBitmap there = RoaringBitmap.andNot(wanted, moved);
        wanted.forEach((IntConsumer) number -> {
            if (view.people().isRemoved(number)) {
                there.remove(number);
            }
        });
        return there;
    }

    /** Nobody reads a name before the ledger has it. */
    private byte[] kept(Warning warning, Principal principal, ObjectNode page) {
        try {
            byte[] bytes = MAPPER.writeValueAsBytes(page);
            ledger.append(
                    new Deed(clock.instant(), principal.id(), "unreached.read", warning.id(), ContentHash.of(bytes)));
            return bytes;
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private ObjectNode row(RegistryView view, int number, Cause cause, IssueEvidence evidence) {
        Division village = view.divisions().village(view.people().villageOf(number));
        ObjectNode row = MAPPER.createObjectNode()
                .put("number", number)
                .put("name", view.people().name(number))
                .put("division", village.code())
                .put("village", village.name())
                .put("cause", cause.word());
        ObjectNode addresses = row.putObject("addresses");
        for (String channel : new TreeSet<>(evidence.channels())) {
            Capabilities known = capabilities.get(channel);
            if (known != null && known.addressing() instanceof Addressing.Person person) {
                String address = view.people().address(person.column(), number);
                if (address != null) {
                    addresses.put(channel, WarningReports.masked(address));
                }
            }
        }
        return row;
    }

    private static Cause causeOf(UnreachedPersons unreached, int number) {
        return Arrays.stream(Cause.values())
                .filter(cause -> unreached.numbers(cause).contains(number))
                .findFirst()
                .orElseThrow();
    }

    private static Set<Cause> causes(@Nullable String word) {
        if (word == null) {
            return EnumSet.allOf(Cause.class);
        }
        for (Cause cause : Cause.values()) {
            if (cause.word().equals(word)) {
                return EnumSet.of(cause);
            }
        }
        throw new IllegalArgumentException("cause must be one of "
                + Arrays.stream(Cause.values()).map(Cause::word).toList());
    }

    private static int after(@Nullable String cursor) {
        if (cursor == null) {
            return -1;
        }
        if (!cursor.matches("[0-9]{1,9}")) {
            throw new IllegalArgumentException("cursor must be one that a page gave");
        }
        return Integer.parseInt(cursor);
    }
}
