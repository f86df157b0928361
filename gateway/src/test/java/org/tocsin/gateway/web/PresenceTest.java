package org.tocsin.gateway.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tocsin.gateway.web.Presence.Doing;
import org.tocsin.gateway.web.Presence.Guest;

class PresenceTest {
    private final Presence presence = new Presence();

    @Test
    void namesEachPersonOnceHoweverManyWindows() {
        presence.enter("w1", new Guest("wang", "王", Doing.LOOKING));
        presence.enter("w2", new Guest("li", "李", Doing.LOOKING));
        presence.enter("w3", new Guest("wang", "王", Doing.LOOKING));

        assertEquals(
                List.of(new Guest("wang", "王", Doing.LOOKING), new Guest("li", "李", Doing.LOOKING)),
                presence.roll().guests());
    }

    @Test
    void saysThatSomebodyEditsWhileOneOfTheirWindowsDoes() {
        presence.enter("w1", new Guest("li", "李", Doing.LOOKING));
        presence.enter("w2", new Guest("li", "李", Doing.EDITING));
        presence.enter("w3", new Guest("li", "李", Doing.LOOKING));
        assertEquals(Doing.EDITING, presence.roll().guests().get(0).doing());

        assertTrue(presence.leave("w2"));

        assertEquals(Doing.LOOKING, presence.roll().guests().get(0).doing());
    }

    @Test
    void forgetsWhoHasLeft() {
        presence.enter("w1", new Guest("li", "李", Doing.LOOKING));

        assertTrue(presence.leave("w1"));
        assertFalse(presence.leave("w1"));

        assertEquals(new Presence.Roll(List.of(), 0), presence.roll());
    }

    @Test
    void namesADozenAndCountsTheOthers() {
        for (int person = 0; person < 30; person++) {
            presence.enter("w" + person, new Guest("p" + person, "人" + person, Doing.LOOKING));
        }

        Presence.Roll roll = presence.roll();

        assertEquals(Presence.MOST_NAMED, roll.guests().size());
        assertEquals(18, roll.others());
        assertEquals("p0", roll.guests().get(0).id());
    }
}
