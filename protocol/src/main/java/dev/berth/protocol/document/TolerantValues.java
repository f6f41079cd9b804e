package dev.berth.protocol.document;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads texts, whole numbers and booleans. Anything else in their place is read as null, 0 or false. */
final class TolerantValues extends SimpleModule {
    TolerantValues(int longestText) {
        addDeserializer(String.class, new Value<>(String.class, null, parser -> text(parser, longestText)));
        addDeserializer(Long.class, new Value<>(Long.class, null, TolerantValues::number));
        addDeserializer(Long.TYPE, new Value<>(Long.class, 0L, TolerantValues::number));
        addDeserializer(Integer.class, new Value<>(Integer.class, null, TolerantValues::smallNumber));
        addDeserializer(Integer.TYPE, new Value<>(Integer.class, 0, TolerantValues::smallNumber));
        addDeserializer(Boolean.class, new Value<>(Boolean.class, null, TolerantValues::flag));
        addDeserializer(Boolean.TYPE, new Value<>(Boolean.class, false, TolerantValues::flag));
    }

    /** Reads the value at a parser; empty if it has another type. */
    private interface Reading<T> {
        Optional<T> from(JsonParser parser) throws IOException;
    }

    private static final class Value<T> extends StdScalarDeserializer<T> {
        private final transient @Nullable T nothing;
        private final transient Reading<T> reading;

        Value(Class<T> type, @Nullable T nothing, Reading<T> reading) {
            super(type);
            this.nothing = nothing;
            this.reading = reading;
        }

        @Override
        public @Nullable T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            var value = reading.from(parser);
            parser.skipChildren();
            return value.orElse(nothing);
        }

        @Override
        public @Nullable T getNullValue(DeserializationContext context) {
            return nothing;
        }
    }

    private static Optional<String> text(JsonParser parser, int longest) throws IOException {
        return parser.hasToken(JsonToken.VALUE_STRING)
                ? Optional.of(ShortText.of(parser.getText(), longest))
                : Optional.empty();
    }

    private static Optional<Long> number(JsonParser parser) throws IOException {
        return parser.hasToken(JsonToken.VALUE_NUMBER_INT)
                        && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER
                ? Optional.of(parser.getLongValue())
                : Optional.empty();
    }

    private static Optional<Integer> smallNumber(JsonParser parser) throws IOException {
        return number(parser)
                .filter(number -> Integer.MIN_VALUE <= number && number <= Integer.MAX_VALUE)
                .map(Long::intValue);
    }

    private static Optional<Boolean> flag(JsonParser parser) {
        return parser.hasToken(JsonToken.VALUE_TRUE) || parser.hasToken(JsonToken.VALUE_FALSE)
                ? Optional.of(parser.hasToken(JsonToken.VALUE_TRUE))
                : Optional.empty();
    }
}
