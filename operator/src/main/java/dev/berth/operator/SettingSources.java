package dev.berth.operator;

import dev.berth.operator.OperatorSettings.BadSetting;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the settings of the operator come from: its environment, which wins, and a file. */
record SettingSources(Map<String, String> environment, Optional<SettingsFile> file) {
    /** The text of a setting, or its default. */
    String text(OperatorVariable variable) {
        return Optional.ofNullable(environment.get(variable.name()))
                .or(() -> inFile(variable))
                .orElse(variable.byDefault());
    }

    /** The exception for a setting that has an invalid value. */
    BadSetting wrong(OperatorVariable variable, String expected) {
        var place = environment.containsKey(variable.name()) || file.isEmpty()
                ? "the environment variable " + variable
                : "`" + variable.key() + "` in " + file.get().path();
        return new BadSetting(place + " is \"" + text(variable) + "\"; it should be " + expected);
    }

    /** A sentence for each setting of the file that the environment overrides with another value. */
    List<String> overridden() {
        return Arrays.stream(OperatorVariable.values())
                .flatMap(variable -> inFile(variable)
                        .filter(text -> !text.equals(text(variable)))
                        .map(text -> "`" + variable.key() + "` in "
                                + file.map(SettingsFile::path).orElseThrow()
                                + " has no effect: the environment variable " + variable + " is \"" + text(variable)
                                + "\"")
                        .stream())
                .toList();
    }

    private Optional<String> inFile(OperatorVariable variable) {
        return file.flatMap(settings -> Optional.ofNullable(settings.values().get(variable)));
    }
}
