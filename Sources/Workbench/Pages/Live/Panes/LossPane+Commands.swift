import TermPlot

extension LossPane {
  static let commands = [
    Command(
      "loss.log_loss", "loss axis linear or logarithmic", keys: Shortcut("y", .character("y")),
      hint: Hint("y", "log"), change: { $0.live.isLossLogarithmic.toggle() }),
    Command(
      "loss.log_steps", "step axis linear or logarithmic", keys: Shortcut("Y", .character("Y")),
      hint: Hint("Y", "log-x"), change: { $0.live.isStepLogarithmic.toggle() }),
  ]
}
