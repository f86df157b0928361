package org.tocsin.gateway.dispatch;

import java.time.YearMonth;

/** Keeps what links have spent in each month. Blocking; any thread. */
public interface Spends {
    /** Keeps nothing. */
    Spends NONE = (link, month, more) -> more;

    /**
     * Adds to what a link has spent in a month.
     *
     * @param link the link's id
     * @param month the calendar month in the county's zone
     * @param more in thousandths of the currency's unit, 0 or more
     * @return what it has spent in that month now
     */
    long add(String link, YearMonth month, long more);
}
