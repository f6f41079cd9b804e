package dev.berth.registry.coordination;

final class RepeatingCoordinationTest extends CoordinationContract {
    @Override
    Coordination[] twoWriters() {
        var coordination = new InProcess();
        return new Coordination[] {coordination, new RepeatingCoordination(coordination)};
    }
}
