/**
 * Tells LED screens over MQTT, in payloads of Tocsin's own.
 *
 * <p>Their fields are modelled on the emergency broadcast message (EBM) of GD/J 082/083-2018 as implemented in the
 * field, by names from the draft of 2016 and from public implementations; they are neither that format nor tested
 * against it. EBM's own name stands in brackets where it differs.
 *
 * <p><b>Command</b>, to {@code tocsin/screen/<code>/command}, UTF-8 JSON, QoS 1, the same bytes to all terminals of a
 * batch and in each repeat:
 *
 * <table>
 * <caption>Fields of a command, all present</caption>
 * <tr><td>version<td>1<td>of this format; a terminal leaves alone what it does not know
 * <tr><td>issue<td>text<td>the id; a terminal plays one issue once, and names it in its reports
 * <tr><td>warning<td>text<td>the id of the warning, which its updates and its cancel share
 * <tr><td>ebmId<td>35 digits<td>platform (23, setting {@code platform}), day, and 4 digits drawn from the id;
 *     derived, not counted, so only {@code issue} is sure to be unique (EBMID)
 * <tr><td>msgType<td>actual, cancel or exercise<td>what to do; see below (MsgType)
 * <tr><td>exercise<td>true or false<td>whether it is an exercise or a test, which only probes get, a cancel's too
 * <tr><td>senderName<td>text<td>who says it, for people (SenderName)
 * <tr><td>senderCode<td>text<td>the alert's sender (SenderCode)
 * <tr><td>sendTime<td>time<td>when the alert was made (SentTime)
 * <tr><td>eventType<td>5 characters<td>the first event code, such as 11B03; empty where the alert has none (EventType)
 * <tr><td>severity<td>1 to 4<td>the level, 1 for red to 4 for blue (Severity)
 * <tr><td>startTime<td>time<td>from when the information holds (StartTime)
 * <tr><td>endTime<td>time<td>after which nothing of it must be heard or seen any more (EndTime)
 * <tr><td>languageCode<td>3 letters<td>ISO 639-2, such as zho; und where unknown (LanguageCode)
 * <tr><td>title<td>text<td>one line (MsgTitle)
 * <tr><td>lines<td>array of text<td>what to show, a line each, fitted to the screen (MsgDesc)
 * <tr><td>colour<td>Red, Orange, Yellow or Blue<td>the level's colour
 * <tr><td>pageSeconds<td>1 to 600<td>how long a page of lines stands before the next (setting {@code pageSeconds})
 * <tr><td>identifier<td>text<td>the alert's identifier
 * <tr><td>references<td>array of text<td>the identifiers of the alerts whose place it takes (RelatedInfo)
 * </table>
 *
 * <p>Times are ISO 8601 with seconds and offset. A command of msgType cancel, or one with references, first ends
 * whatever the terminal still has in hand of the same warning or of the alerts named, then shows its own words: an
 * all-clear is news too. A terminal that gets an issue again does nothing but acknowledge it.
 *
 * <p><b>Report</b>, to {@code tocsin/screen/<code>/report}, UTF-8 JSON, QoS 1: {@code version} (1), {@code issue},
 * {@code ebmId} (optional), {@code state}, {@code code} (the terminal's own code, optional, kept where it is up to 32
 * of {@code A-Za-z0-9._-}), {@code at} (time by the terminal's clock, optional). The states stay apart, and so do they
 * from the acknowledgement of the command, which only says that it has arrived:
 *
 * <table>
 * <caption>What a report proves</caption>
 * <tr><td>accepted<td>read and understood<td>in progress
 * <tr><td>started<td>begun<td>in progress
 * <tr><td>finished<td>shown to its end at least once<td>delivered
 * <tr><td>failed<td>not shown as required<td>failed, device fault
 * <tr><td>cancelled<td>ended by a later command before it was finished<td>failed, dropped
 * <tr><td>any other<td>kept as received<td>unknown
 * </table>
 *
 * <p>What cannot be read as a report is acknowledged, counted and kept out: repeating would not better it.
 *
 * <p>Settings of a link: {@code ackMillis} (10000), {@code retryMillis} (10000), {@code platform}, and
 * {@code pageSeconds}.
 */
@NullMarked
package org.tocsin.channel.screen;

import org.jspecify.annotations.NullMarked;
