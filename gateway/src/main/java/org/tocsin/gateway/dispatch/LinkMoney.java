package org.tocsin.gateway.dispatch;

/**
 * What a link spends; an aid, no invoice. All sums in thousandths of the currency's unit.
 *
 * @param price of one piece; 0 where it is free or nobody said
 * @param spent in the running month of the county's zone
 * @param limit the most of a month; 0 means none
 * @param near whether most of the limit is used
 * @param held whether the limit keeps levels III and IV from going by it
 */
public record LinkMoney(int price, long spent, long limit, boolean near, boolean held) {}
