package org.tocsin.gateway.web;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.report.AreaMap;
import org.tocsin.gateway.report.watch.LinkNow;
import org.tocsin.gateway.report.watch.TerminalsNow;

/** How the county's warnings, links and terminals are now, as those on duty need it. May be used by any thread. */
public interface WatchDesk {
    /**
     * How far a warning has come.
     *
     * @param applies whether the public coverage does; else persons are those addressed and reached
     * @param residents of whom it is a share: residents, or those addressed
     * @param lower persons reached for sure
     * @param goal the share to be reached, 0 to 1
     * @param verdict met, likely or missed; empty where it does not apply
     * @param asOf up to when receipts are in it
     */
    record Standing(boolean applies, long residents, long lower, double goal, String verdict, Instant asOf) {
        /** The share reached for sure, 0 to 1; 0 of nobody. */
        public double share() {
            return residents == 0 ? 0 : Math.min(1, (double) lower / residents);
        }
    }

    /**
     * Whom a warning would reach if it were sent now.
     *
     * @param residents the residents of its area
     * @param persons the registered persons of its audience there; of an Exercise or Test the probes
     * @param terminals the terminals that would be used
     * @param villages the villages that its area holds or touches, in the order of their codes
     * @param map the villages as shapes
     */
    record Target(long residents, int persons, int terminals, List<Village> villages, AreaMap map) {
        /** Copies the list. */
        public Target {
            villages = List.copyOf(villages);
        }
    }

    /**
     * A village of an area.
     *
     * @param code 12 digits
     * @param name its name
     * @param township its township's name; empty where the division table has none
     * @param residents those of the part that lies in the area
     * @param cut whether the area holds only a part of it
     */
    record Village(String code, String name, String township, int residents, boolean cut) {}

    /** How far a signed warning has come as it was last told; empty for one that was never planned. Cheap. */
    Optional<Standing> standing(Warning warning);

    /** Whom it would reach; empty where its area cannot be found. Some milliseconds for a county. */
    Optional<Target> target(Warning warning);

    /**
     * Whom a Cancel goes to: those who were told of what it ends.
     *
     * @param persons each once, over all its channels
     * @param terminals each once
     */
    record Addressed(int persons, int terminals) {}

    /**
     * Whom earlier issues have been planned for, by the channels that a Cancel of them goes by.
     *
     * @param issues their ids
     * @return empty where none of them was planned
     */
    Optional<Addressed> addressed(Warning cancel, Collection<String> issues);

    /** The channels by which it goes: its own wish, else the gateway's. */
    Set<String> channels(Warning warning);

    /** How the links are. */
    List<LinkNow> links();

    /** How the terminals are, by kind. */
    List<TerminalsNow> terminals();
}
