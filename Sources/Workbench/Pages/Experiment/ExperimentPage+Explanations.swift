extension ExperimentPage {
  static let explanation = """
    A claim of the theory, measured against closed forms while you watch: its values as a form, its \
    checks as they are decided, its figures and tables. The live run waits meanwhile.
    """
}

extension ExperimentSetupPane {
  var explanation: String {
    "The values of the experiment; a change starts it again. Below, how far it has come."
  }
}

extension ChecksPane {
  var explanation: String {
    """
    What was measured next to what is expected. Claim checks alone decide the verdict; agreements \
    compare with another method, identities test the code.
    """
  }
}

extension FiguresPane {
  var explanation: String { "The report's figures and tables, one at a time, as far as measured." }
}

extension ClaimPane {
  var explanation: String {
    "The sentence that is tested, where it stands, and what to know before the result is quoted."
  }
}
