package org.tocsin.gateway.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Sessions of the console: a random id of 128 bits stands for who has signed in. Each step of a sign-in gets an id of
 * its own, so that none that was known before it is worth anything after. Blocking; may be used by any thread.
 */
public final class Sessions {
    private static final int BYTES = 16;
    private static final int LONGEST_ID = 64;
    private static final int LONGEST_FROM = 80;
    private static final int HANDLE = 16;

    private final SessionStore store;
    private final Access access;
    private final SecondFactors secondFactors;
    private final RandomGenerator random;
    private final InstantSource clock;
    private final SessionLife life;

    /**
     * A session as its owner may see it.
     *
     * @param handle names it, and opens nothing
     * @param opened when it was opened
     * @param used when it was last used, to the second
     * @param from where it was opened from, in rough words
     * @param current whether it is the one that asks
     */
    public record Listed(String handle, Instant opened, Instant used, String from, boolean current) {}

    /**
     * Makes it.
     *
     * @param store where sessions are kept
     * @param access who is who
     * @param secondFactors who proves themselves a second time
     * @param random a cryptographic source, such as {@link java.security.SecureRandom}
     * @param clock the time
     * @param life how long sessions live
     */
    public Sessions(
            SessionStore store,
            Access access,
            SecondFactors secondFactors,
            RandomGenerator random,
            InstantSource clock,
            SessionLife life) {
        this.store = store;
        this.access = access;
        this.secondFactors = secondFactors;
        this.random = random;
        this.clock = clock;
        this.life = life;
    }

    /**
     * Opens a session for the key's owner.
     *
     * @param from where they are, in rough words
     * @return the session's id, to be told to that owner alone; empty for an unknown key
     */
    public Optional<String> open(String key, String from) {
        return access.authenticate(key).map(principal -> begin(principal.id(), Session.Stage.OPEN, from, false));
    }

    /**
     * Begins a session at a stage; its id is new.
     *
     * @param secondFactor whether its person has just given a code that was right
     * @return the session's id, to be told to that person alone
     */
    String begin(String principal, Session.Stage stage, String from, boolean secondFactor) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Instant now = clock.instant();
        boolean open = stage == Session.Stage.OPEN;
        store.put(
                KeyHash.ofSession(id),
                new Session(
                        principal,
                        stage,
                        now,
                        now.plus(open ? life.absolute() : life.step()),
                        from.length() > LONGEST_FROM ? from.substring(0, LONGEST_FROM) : from,
                        secondFactor ? now : null),
                open ? life.idle() : life.step());
        return id;
    }

    /** Who is signed in by this id, as it may act now; its time starts anew. Empty when it has run out. */
    public Optional<Principal> find(String session) {
        return open(session).map(Session::principal).flatMap(access::find);
    }

    /** The session of an id that is at this stage; empty where it has run out or is at another. */
    Optional<Session> at(Session.Stage stage, String session) {
        if (session.isEmpty() || session.length() > LONGEST_ID) {
            return Optional.empty();
        }
        Duration idle = stage == Session.Stage.OPEN ? life.idle() : life.step();
        return store.touch(KeyHash.ofSession(session), idle)
                .filter(kept -> kept.stage() == stage && clock.instant().isBefore(kept.ends()));
    }

    private Optional<Session> open(String session) {
        return at(Session.Stage.OPEN, session);
    }

    /**
     * Who is signed in by these sessions, as they may act now; those that have ended are not there. Nobody uses them by
     * this: they run out as they would.
     *
     * @param sessions ids
     */
    public Map<String, Principal> standing(Collection<String> sessions) {
        Map<String, String> byHash = new HashMap<>();
        sessions.stream()
                .filter(session -> !session.isEmpty() && session.length() <= LONGEST_ID)
                .forEach(session -> byHash.put(KeyHash.ofSession(session), session));
        Map<String, Optional<Principal>> principals = new HashMap<>();
        Map<String, Principal> standing = new HashMap<>();
        store.peek(byHash.keySet()).forEach((hash, kept) -> {
            if (kept.stage() == Session.Stage.OPEN && clock.instant().isBefore(kept.ends())) {
                principals
                        .computeIfAbsent(kept.principal(), access::find)
                        .ifPresent(principal -> standing.put(byHash.getOrDefault(hash, ""), principal));
            }
        });
        return standing;
    }

    /** Ends a session. */
    public void end(String session) {
        store.remove(KeyHash.ofSession(session));
    }

    /**
     * The sessions of a principal, the last opened first.
     *
     * @param current the id of the session that asks; null where it is none of them
     */
    public List<Listed> of(String principal, @Nullable String current) {
        String own = current == null ? "" : KeyHash.ofSession(current);
        return store.of(principal).entrySet().stream()
                .filter(entry -> entry.getValue().session().stage() == Session.Stage.OPEN)
                .map(entry -> new Listed(
                        entry.getKey().substring(0, HANDLE),
                        entry.getValue().session().opened(),
                        clock.instant().minus(life.idle()).plus(entry.getValue().left()),
                        entry.getValue().session().from(),
                        entry.getKey().equals(own)))
                .sorted(Comparator.comparing(Listed::opened).reversed())
                .toList();
    }

    /**
     * Ends one of a principal's sessions.
     *
     * @param handle as {@link Listed} names it
     * @return whether there was such a session
     */
    public boolean end(String principal, String handle) {
        Optional<String> hash = store.of(principal).keySet().stream()
                .filter(kept -> handle.length() == HANDLE && kept.startsWith(handle))
                .findAny();
        hash.ifPresent(store::remove);
        return hash.isPresent();
    }

    /**
     * Ends all sessions of a principal, sign-ins under way too.
     *
     * @param except the id of one that goes on; null for none
     */
    public void endAll(String principal, @Nullable String except) {
        String kept = except == null ? "" : KeyHash.ofSession(except);
        store.of(principal).keySet().stream().filter(hash -> !hash.equals(kept)).forEach(store::remove);
    }

    /** Whether the principal has a second factor to confirm with; API clients never have. */
    public boolean hasSecondFactor(String principal) {
        return secondFactors.isSetUp(principal);
    }

    /**
     * When this session's person gave a code that was right, where that is no longer ago than a code counts as fresh.
     * Acts that need a fresh second factor go by it; where it is empty, ask by {@link #confirmSecondFactor}.
     */
    public Optional<Instant> freshSecondFactorAt(String session) {
        return open(session)
                .flatMap(kept -> Optional.ofNullable(kept.secondFactorAt()))
                .filter(at -> clock.instant().isBefore(at.plus(life.freshSecondFactor())));
    }

    /** Looks at the code that the session's person has just typed; where it is right, it counts from now on. */
    public SecondFactorAnswer confirmSecondFactor(String session, String code) {
        Optional<Session> kept = open(session);
        if (kept.isEmpty() || access.find(kept.get().principal()).isEmpty()) {
            return SecondFactorAnswer.NO_SESSION;
        }
        SecondFactorAnswer answer = secondFactors.check(kept.get().principal(), code);
        if (answer == SecondFactorAnswer.CONFIRMED) {
            store.replace(KeyHash.ofSession(session), kept.get().confirmed(clock.instant()));
        }
        return answer;
    }
}
