package org.tocsin.gateway.access;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Hashes and checks passwords by Argon2id, few at once: each takes about 120 ms and 46 MiB, so that a storm of sign-ins
 * could take a gateway's processors and memory. Who finds too many waiting is refused at once. Any thread.
 *
 * <p>46 MiB is what OWASP's Password Storage Cheat Sheet asks for with one pass; two passes bring it to 115 ms on one
 * core of a 2-core virtual machine.
 */
public final class Passwords {
    private static final int MEMORY_KIB = 47_104;
    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int LENGTH = 32;
    private static final int SALT = 16;
    private static final int LONGEST = 200;

    private final Argon2Function function;
    private final RandomGenerator random;
    private final Semaphore hashing;
    private final Semaphore waiting;
    private final Duration patience;
    private final String nobodys;

    /** Too many passwords are being checked. */
    public static final class Busy extends RuntimeException {
        private static final long serialVersionUID = 1;

        Busy() {
            super("too many sign-ins are being checked", null, false, false);
        }
    }

    private Passwords(int memoryKib, int passes, int parallel, int queue, Duration patience, RandomGenerator random) {
        this.function = Argon2Function.getInstance(memoryKib, passes, LANES, LENGTH, Argon2.ID);
        this.random = random;
        this.hashing = new Semaphore(parallel, true);
        this.waiting = new Semaphore(parallel + queue);
        this.patience = patience;
        this.nobodys = hash("nobody has this password");
    }

    /** As strong as a gateway needs it; half of the processors may hash, four more wait for at most two seconds. */
    public static Passwords standard(RandomGenerator random) {
        int parallel = Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors() / 2));
        return new Passwords(MEMORY_KIB, PASSES, parallel, 4, Duration.ofSeconds(2), random);
    }

    /** Quick and weak, for tests of what comes after. */
    static Passwords quick(RandomGenerator random, int parallel, int queue, Duration patience) {
        return new Passwords(64, 1, parallel, queue, patience, random);
    }

    /**
     * Hashes a password, with a salt of its own.
     *
     * @return in PHC form
     * @throws Busy when too many are being hashed
     */
    public String hash(String password) {
        byte[] salt = new byte[SALT];
        random.nextBytes(salt);
        return inTurn(
                () -> Password.hash(cut(password)).addSalt(salt).with(function).getResult());
    }

    /**
     * Whether the password is the one that was hashed. It takes as long where there is no hash, so that nobody learns
     * by the clock which accounts there are.
     *
     * @param hash in PHC form; null where there is none
     * @throws Busy when too many are being checked
     */
    public boolean isRight(String password, @Nullable String hash) {
        String against = hash == null ? nobodys : hash;
        boolean right =
                inTurn(() -> Password.check(cut(password), against).with(Argon2Function.getInstanceFromHash(against)));
        return right && hash != null;
    }

    /** Longer ones are refused when they are chosen; what a stranger sends must not cost more for being long. */
    private static String cut(String password) {
        return password.length() > LONGEST ? password.substring(0, LONGEST) : password;
    }

    /** Holds a turn while something else runs, for tests of those who wait. */
    void heldFor(Runnable work) {
        inTurn(() -> {
            work.run();
            return true;
        });
    }

    private interface Work<T> {
        T done();
    }

    private <T> T inTurn(Work<T> work) {
        if (!waiting.tryAcquire()) {
            throw new Busy();
        }
        try {
            if (!hashing.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new Busy();
            }
            try {
                return work.done();
            } finally {
                hashing.release();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Busy();
        } finally {
            waiting.release();
        }
    }
}
