import ScoreLab
import TermPlot

extension LossPane {
  static let commands = [
    Command(
      "loss.log_loss", "loss axis linear or logarithmic", keys: Shortcut("y", .character("y")),
      hint: Hint("y", "log"), change: { $0.live.isLossLogarithmic.toggle() }),
    Command(
      "loss.log_steps", "step axis linear or logarithmic", keys: Shortcut("Y", .character("Y")),
      hint: Hint("Y", "log-x"), change: { $0.live.isStepLogarithmic.toggle() }),
    Command(
      "loss.view",
      "loss over steps, its excess or the whole by noise level; tangent kernel, features, gradients",
      keys: Shortcut("%", .character("%")), hint: Hint("%", "view"),
      change: { $0.live.lossView = $0.live.lossView.next }),
    Command(
      "loss.target", "the target whose loss is shown by noise level",
      keys: Shortcut("#", .character("#")),
      hint: Hint("#", nil) { $0.live.lossView.isByLevel ? "target" : "" },
      availability: byLevel, change: { LossPane.showNextTarget(&$0) }),
  ]

  /// Whether the loss is shown by noise level.
  private static let byLevel: @Sendable (WorkbenchState) -> Availability = {
    .when($0.live.lossView.isByLevel, otherwise: "% shows the loss by noise level first")
  }
}
