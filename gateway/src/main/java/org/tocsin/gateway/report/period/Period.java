package org.tocsin.gateway.report.period;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/**
 * Days in the county's zone, the first and the last among them.
 *
 * @param from the first day
 * @param to the last day, not before the first
 */
public record Period(LocalDate from, LocalDate to) {
    private static final String[] QUARTERS = {"一", "二", "三", "四"};

    /** Refuses a last day before the first. */
    public Period {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("a period ends on " + to + " before it begins on " + from);
        }
    }

    /** A calendar year. */
    public static Period year(int year) {
        return new Period(LocalDate.of(year, 1, 1), LocalDate.of(year, 12, 31));
    }

    /** A quarter, 1 to 4, of a year. */
    public static Period quarter(int year, int quarter) {
        return new Period(
                LocalDate.of(year, quarter * 3 - 2, 1),
                YearMonth.of(year, quarter * 3).atEndOfMonth());
    }

    /** A month, 1 to 12, of a year. */
    public static Period month(int year, int month) {
        return new Period(
                LocalDate.of(year, month, 1), YearMonth.of(year, month).atEndOfMonth());
    }

    /** How many days it has. */
    public long days() {
        return ChronoUnit.DAYS.between(from, to) + 1;
    }

    /** Its first moment. */
    public Instant start(ZoneId zone) {
        return from.atStartOfDay(zone).toInstant();
    }

    /** The first moment behind it. */
    public Instant end(ZoneId zone) {
        return to.plusDays(1).atStartOfDay(zone).toInstant();
    }

    /** Whether it is a whole calendar year. */
    public boolean isYear() {
        return equals(year(from.getYear()));
    }

    /** Its name in Chinese: 2026年度, 2026年第三季度, 2026年7月, or its days. */
    public String words() {
        int year = from.getYear();
        int quarter = (from.getMonthValue() + 2) / 3;
        if (isYear()) {
            return year + "年度";
        } else if (equals(quarter(year, quarter))) {
            return year + "年第" + QUARTERS[quarter - 1] + "季度";
        } else if (equals(month(year, from.getMonthValue()))) {
            return year + "年" + from.getMonthValue() + "月";
        }
        return day(from) + "至" + day(to);
    }

    /** What a report of it is called: 年度报告, 季度报告, 月度报告 or 期间报告. */
    public String kind() {
        if (isYear()) {
            return "年度报告";
        } else if (words().endsWith("季度")) {
            return "季度报告";
        }
        return words().endsWith("月") ? "月度报告" : "期间报告";
    }

    private static String day(LocalDate day) {
        return day.getYear() + "年" + day.getMonthValue() + "月" + day.getDayOfMonth() + "日";
    }
}
