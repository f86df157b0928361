package org.tocsin.gateway.targeting;

import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;
import org.tocsin.alert.Level;

/**
 * Who gets one content of a warning.
 *
 * @param content the content's place in the list
 * @param level the content's level; null where it is Unknown
 * @param persons their numbers: nobody is in two parts of a target. Shared: never change it.
 * @param terminals their numbers: none is in two parts of a target. Shared: never change it.
 */
public record Part(int content, @Nullable Level level, RoaringBitmap persons, RoaringBitmap terminals) {}
