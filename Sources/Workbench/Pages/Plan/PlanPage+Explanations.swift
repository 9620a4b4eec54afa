extension PlanPage {
  static let explanation = """
    What the theorems ask for at a size and an accuracy: orders of magnitude with their constants \
    open, not how many samples to take.
    """
}

extension PlanSetupPane {
  var explanation: String { "The sizes and accuracies that the orders depend on, as a form." }
}

extension OrdersPane {
  var explanation: String {
    "Each order as a number, with its formula and where in the papers it stands."
  }
}
