package org.tocsin.gateway.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.Position;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.approval.WarningState;
import org.tocsin.gateway.approval.WarningStore;
import org.tocsin.gateway.dispatch.Dispatcher;
import org.tocsin.gateway.ledger.Deed;
import org.tocsin.gateway.ledger.Ledger;
import org.tocsin.gateway.receipt.ChannelEvidence;
import org.tocsin.gateway.receipt.Delivery;
import org.tocsin.gateway.receipt.IssueEvidence;
import org.tocsin.gateway.registry.Column;
import org.tocsin.gateway.registry.Division;
import org.tocsin.gateway.registry.Erased;
import org.tocsin.gateway.registry.Erasures;
import org.tocsin.gateway.registry.ImportInProgress;
import org.tocsin.gateway.registry.People;
import org.tocsin.gateway.registry.PhoneNumber;
import org.tocsin.gateway.registry.Registry;
import org.tocsin.gateway.registry.RegistryView;
import org.tocsin.gateway.registry.RegistryWriter;
import org.tocsin.gateway.reply.Replies;
import org.tocsin.gateway.store.Archive;
import org.tocsin.gateway.web.PersonalData;
import org.tocsin.gateway.web.RegistryImport;

/** What the rooms hold about persons, as the web end asks for it. */
record PersonalDataDesk(
        Registry registry,
        Erased erased,
        Erasures list,
        WarningStore warnings,
        Dispatcher dispatcher,
        Archive archive,
        Retention keeping,
        Replies replies,
        Ledger ledger,
        InstantSource clock)
        implements PersonalData {
    /** The warnings whose evidence one answer looks through: each may be a file of megabytes. */
    private static final int WARNINGS_A_PAGE = 50;

    private static final int MOST_SHOWN = 1000;
    private static final int MOST_OF_A_NUMBER = 20;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    @Override
    public byte[] retention() {
        ObjectNode page = JSON.objectNode();
        page.put("personsDays", keeping.keep().toDays());
        page.put("repliesDays", replies.keeping().toDays());
        ArrayNode due = page.putArray("due");
        for (Archive.Held held : keeping.due(MOST_SHOWN)) {
            due.addObject()
                    .put("issue", held.issue())
                    .put("sealed", held.sealed().toString())
                    .put("due", held.sealed().plus(keeping.keep()).toString())
                    .put("waitsFor", keeping.waitsFor(held.issue()).orElse(null));
        }
        page.put("held", archive.heldCount());
        Optional<Archive.Held> next = archive.heldNext(clock.instant().minus(keeping.keep()));
        page.put(
                "next",
                next.map(held -> held.sealed().plus(keeping.keep()).toString()).orElse(null));
        return bytes(page);
    }

    @Override
    public byte @Nullable [] show(
            String actor, @Nullable String askedKey, @Nullable String phone, @Nullable String cursor) {
        String personKey = askedKey == null ? null : askedKey.strip();
        RegistryView view = registry.view();
        List<Integer> numbers = personKey != null ? byKey(view.people(), personKey) : byPhone(view.people(), phone);
        boolean isErased = personKey != null && erased.contains(personKey);
        if (numbers.isEmpty() && !isErased) {
            return null;
        }
        WarningStore.Page issues =
                warnings.list(new WarningStore.Query(EnumSet.allOf(WarningState.class), null, cursor, WARNINGS_A_PAGE));
        ObjectNode answer = JSON.objectNode();
        answer.put("erased", isErased);
        ArrayNode persons = answer.putArray("persons");
        if (personKey != null && numbers.isEmpty()) {
            ledger.append(new Deed(clock.instant(), actor, "person.show", erased.hashOf(personKey), ""));
        }
        for (int number : numbers) {
            String key = new String(view.people().key(number), UTF_8);
            ledger.append(new Deed(clock.instant(), actor, "person.show", erased.hashOf(key), ""));
            ObjectNode person = person(view, number, key);
            addReplies(person, view.people().address(Column.PHONE.word(), number));
            persons.add(person);
        }
        for (Warning issue : issues.warnings()) {
            if (issue.signed() != null && !archive.isRemoved(issue.id())) {
                dispatcher.evidence(issue.id()).ifPresent(evidence -> deliveries(issue, evidence, numbers, persons));
            }
        }
        answer.put("cursor", issues.cursor());
        return bytes(answer);
    }

    @Override
    public byte[] erase(String actor, String askedKey) {
        // As an import reads it.
        String personKey = askedKey.strip();
        String hash = erased.hashOf(personKey);
        // No import may come between, which would bring them back.
        try (RegistryWriter writer = registry.writer()) {
            int number = registry.people().find(personKey);
            List<String> open = number < 0 ? List.of() : openFor(number);
            if (!open.isEmpty()) {
                throw new InUse(open);
            }
            String phone = number < 0 ? null : registry.people().address(Column.PHONE.word(), number);
            if (phone != null) {
                // Whether they have opted out stays: it is what they asked for.
                replies.kept().forget(phone);
            }
            boolean wasThere = writer.removePerson(personKey);
            // Also where they are not here: it fails where another gateway has written since, who may have them.
            writer.flush();
            // The act comes last: one that says more than was done would be a lie, and who got no answer asks again.
            list.add(hash, new Deed(clock.instant(), actor, "person.erase", hash, ""));
            return bytes(JSON.objectNode().put("erased", true).put("wasThere", wasThere));
        } catch (ImportInProgress other) {
            throw new RegistryImport.Busy("an import runs; try again when it is done");
        } catch (ConcurrentModificationException other) {
            throw new Stale();
        }
    }

    /**
     * Removes who is on the list of the erased and in the registry all the same, as after an import of a gateway that
     * read the list before; whom a warning that is not sealed is addressed to, stays until the next start.
     *
     * @return how many there were
     */
    int removeListed() {
        if (list.all().isEmpty()) {
            return 0;
        }
        Predicate<String> isListed = erased.asOfNow();
        List<String> removed = new ArrayList<>();
        try (RegistryWriter writer = registry.writer()) {
            People people = registry.people();
            for (int number = 0; number < people.size(); number++) {
                String key = new String(people.key(number), UTF_8);
                if (!key.isEmpty() && isListed.test(key) && openFor(number).isEmpty() && writer.removePerson(key)) {
                    removed.add(key);
                }
            }
            if (!removed.isEmpty()) {
                writer.flush();
            }
        }
        for (String key : removed) {
            ledger.append(new Deed(clock.instant(), Deed.GATEWAY, "person.erase", erased.hashOf(key), ""));
        }
        return removed.size();
    }

    @Override
    public boolean restore(String actor, String askedKey) {
        String hash = erased.hashOf(askedKey.strip());
        return list.remove(hash, new Deed(clock.instant(), actor, "person.restore", hash, ""));
    }

    private void addReplies(ObjectNode person, @Nullable String phone) {
        ArrayNode rows = person.putArray("replies");
        if (phone != null) {
            replies.kept().of(phone, MOST_SHOWN).forEach(reply -> rows.addObject()
                    .put("at", reply.at().toString())
                    .put("channel", reply.channel())
                    .put("text", reply.text()));
        }
    }

    private static List<Integer> byKey(People people, String personKey) {
        int number = people.find(personKey);
        return number < 0 ? List.of() : List.of(number);
    }

    private static List<Integer> byPhone(People people, @Nullable String phone) {
        String normal = phone == null ? null : PhoneNumber.normal(phone);
        if (normal == null) {
            throw new IllegalArgumentException("phone is no telephone number");
        }
        List<Integer> found = new ArrayList<>();
        String column = Column.PHONE.word();
        var candidates = people.reachable(column).getIntIterator();
        while (candidates.hasNext() && found.size() < MOST_OF_A_NUMBER) {
            int number = candidates.next();
            if (normal.equals(people.address(column, number))) {
                found.add(number);
            }
        }
        return found;
    }

    /** The warnings that are addressed to somebody and not sealed: their evidence must stay as it is. */
    private List<String> openFor(int number) {
        List<String> open = new ArrayList<>();
        String cursor = null;
        do {
            WarningStore.Page page =
                    warnings.list(new WarningStore.Query(EnumSet.allOf(WarningState.class), null, cursor, MOST_SHOWN));
            for (Warning issue : page.warnings()) {
                if (issue.signed() != null
                        && !archive.isSealed(issue.id())
                        && dispatcher
                                .evidence(issue.id())
                                .map(evidence -> evidence.plannedPersons().contains(number))
                                .orElse(false)) {
                    open.add(issue.id());
                }
            }
            cursor = page.cursor();
        } while (cursor != null);
        return open;
    }

    private static ObjectNode person(RegistryView view, int number, String key) {
        People people = view.people();
        Division village = view.divisions().village(people.villageOf(number));
        ObjectNode person = JSON.objectNode().put("personKey", key).put("name", people.name(number));
        person.putObject("village").put("code", village.code()).put("name", village.name());
        for (Column column : Column.values()) {
            person.put(column.word(), people.address(column.word(), number));
        }
        person.put("language", people.language(number));
        Position position = people.position(number);
        if (position == null) {
            person.putNull("position");
        } else {
            person.putObject("position").put("longitude", position.longitude()).put("latitude", position.latitude());
        }
        ArrayNode audiences = person.putArray("audiences");
        for (String name : new TreeSet<>(view.audiences().keySet())) {
            if (people.audience(name).contains(number)) {
                audiences.add(name);
            }
        }
        person.putArray("deliveries");
        return person;
    }

    private static void deliveries(Warning issue, IssueEvidence evidence, List<Integer> numbers, ArrayNode persons) {
        for (int at = 0; at < numbers.size(); at++) {
            int number = numbers.get(at);
            ArrayNode rows = (ArrayNode) persons.get(at).path("deliveries");
            for (String name : new TreeSet<>(evidence.channels())) {
                ChannelEvidence channel = evidence.channel(name);
                Delivery.State state = channel.isOfTerminals() ? null : channel.stateOf(number);
                if (state != null) {
                    rows.addObject()
                            .put("warning", issue.id())
                            .put("channel", name)
                            .put("state", state.name().toLowerCase(Locale.ROOT));
                }
            }
        }
    }

    private static byte[] bytes(ObjectNode json) {
        return json.toString().getBytes(UTF_8);
    }
}
