package org.tocsin.gateway.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {
    @Test
    void hashesByArgon2idWithASaltOfItsOwn() {
        Passwords passwords = Passwords.standard(new SecureRandom());

        String one = passwords.hash("correct horse battery");

        assertTrue(one.startsWith("$argon2id$v=19$m=47104,t=2,p=1$"), one);
        assertNotEquals(one, passwords.hash("correct horse battery"));
        assertTrue(passwords.isRight("correct horse battery", one));
        assertFalse(passwords.isRight("correct horse batterz", one));
        assertFalse(passwords.isRight("correct horse battery", null));
        assertFalse(passwords.isRight("nobody has this password", null));
    }

    @Test
    void refusesAtOnceWhenTooManyWait() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Passwords passwords = Passwords.quick(new Random(1), 1, 0, Duration.ofSeconds(30));
            String hash = passwords.hash("correct horse battery");
            Future<?> holder = threads.submit(() -> passwords.heldFor(() -> {
                inside.countDown();
                await(go);
            }));
            assertTrue(inside.await(20, TimeUnit.SECONDS));

            assertThrows(Passwords.Busy.class, () -> passwords.isRight("correct horse battery", hash));

            go.countDown();
            holder.get(20, TimeUnit.SECONDS);
            assertTrue(passwords.isRight("correct horse battery", hash));
        } finally {
            go.countDown();
            threads.shutdownNow();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"purple rain on tuesday", "雨落在东边的老桥上今晚八点", "gT5-kdP_9sWq", "correcthorsebatterystaple"})
    void takesLongPasswordsWhateverTheirCharacters(String password) {
        assertEquals(List.of(), PasswordRules.faults(password, "zhang.wei", "张伟"));
    }

    @ParameterizedTest
    @CsvSource({
        "short, password.short",
        "12345678901, password.short",
        "123456789012, password.obvious",
        "abcdefghijklmn, password.obvious",
        "aaaaaaaaaaaaaa, password.obvious",
        "abababababababab, password.obvious",
        "Password1234!, password.obvious",
        "Passw0rd2026!!, password.obvious",
        "qwertyuiop123, password.obvious",
        "1qaz2wsx3edc, password.obvious",
        "woaini1314520, password.obvious",
        "zhang.wei2026, password.obvious",
        "TocsinAdmin2026, password.obvious",
        "admin@admin123, password.obvious",
        "yingjiguanli2026, password.obvious",
    })
    void refusesWhatIsShortOrTriedFirst(String password, String code) {
        assertEquals(
                List.of(code),
                PasswordRules.faults(password, "zhang.wei", "张伟").stream()
                        .map(Refusal.Fault::code)
                        .toList());
    }

    @Test
    void refusesWhatIsTooLong() {
        assertEquals(
                "password.long",
                PasswordRules.faults("gT5-kdP_9sWq".repeat(20)).get(0).code());
    }
}
