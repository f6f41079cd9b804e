package dev.berth.registry.coordination;

final class InProcessTest extends CoordinationContract {
    @Override
    Coordination[] twoWriters() {
        var coordination = new InProcess();
        return new Coordination[] {coordination, coordination};
    }
}
