/** Reads what other servers answer: pure functions of bytes and headers, whose results say whether the answer was understood. */
package dev.berth.registry.upstream.answer;
