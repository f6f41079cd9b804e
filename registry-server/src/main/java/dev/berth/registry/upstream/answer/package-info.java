/** Reads the answers of other servers: pure functions of bytes and headers, whose results say whether the answer could be read. */
package dev.berth.registry.upstream.answer;
