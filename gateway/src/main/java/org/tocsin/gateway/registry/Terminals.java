package org.tocsin.gateway.registry;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.roaringbitmap.RoaringBitmap;

/** The terminals at one moment, by dense numbers. Immutable. */
public final class Terminals {
    private final List<Terminal> all;
    private final List<Terminal> present;
    private final Map<String, Terminal> byCode;
    private final RoaringBitmap probes = new RoaringBitmap();

    /** Takes terminals whose numbers are their places in the list. */
    public Terminals(List<Terminal> all) {
        this.all = List.copyOf(all);
        this.present =
                this.all.stream().filter(terminal -> !terminal.isRemoved()).toList();
        this.byCode = new HashMap<>(2 * all.size());
        for (Terminal terminal : this.all) {
            if (!terminal.isRemoved()) {
                byCode.put(terminal.code(), terminal);
            }
            if (terminal.probe()) {
                probes.add(terminal.number());
            }
        }
    }

    /** These terminals and others: those of a known code replace it and keep its number, new ones follow. */
    Terminals with(Collection<Terminal> others) {
        List<Terminal> next = new ArrayList<>(all);
        Map<String, Integer> numbers = new HashMap<>();
        all.forEach(terminal -> numbers.put(terminal.code(), terminal.number()));
        for (Terminal other : others) {
            int number = numbers.getOrDefault(other.code(), next.size());
            Terminal numbered = other.withNumber(number);
            if (number == next.size()) {
                next.add(numbered);
                numbers.put(other.code(), number);
            } else {
                next.set(number, numbered);
            }
        }
        return new Terminals(next);
    }

    /** How many numbers are in use, tombs included; numbers are 0 … size - 1. */
    public int size() {
        return all.size();
    }

    /** The terminal of a number. */
    public Terminal get(int number) {
        return all.get(number);
    }

    /** All, by number, tombs included. */
    public List<Terminal> all() {
        return all;
    }

    /** Those that are there, by number. */
    public List<Terminal> present() {
        return present;
    }

    /** The terminal of a code. */
    public Optional<Terminal> find(String code) {
        return Optional.ofNullable(byCode.get(code));
    }

    /** The numbers of those that an Exercise or Test may use. Shared: never change it. */
    public RoaringBitmap probes() {
        return probes;
    }
}
