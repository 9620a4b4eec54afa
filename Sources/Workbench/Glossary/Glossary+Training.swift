/// Training: what is minimised, and how.
extension Glossary {
  static let training: [Term] = [
    Term(
      "score matching",
      is:
        "Denoising score matching trains by the squared error of what the network predicts from noisy data.",
      and: "The best prediction is a mean over all data that the noisy point can come from.",
      so: "Its minimum is the exact score, although nobody gives the network a score.",
      formula: "min E w(t) ||prediction(x_t, t) - target||^2", see: "Loss; lesson 3"),
    Term(
      "loss",
      is: "The loss is the mean squared error of the prediction over a batch, weighted by level.",
      and: "Even the exact score has a loss: the Bayes floor.",
      so: "Only what is above the floor can be trained away.",
      formula: "(1/B) sum w(t_i) ||prediction_i - target_i||^2", see: "Loss, its curve"),
    Term(
      "Bayes floor", "floor",
      is: "The Bayes floor is the loss of the exact score.",
      and:
        "It is the noise that nobody can tell from the data, and depends on target, weights and levels.",
      so: "The mean loss of any network stays above it.",
      formula: "E w(t) Var(target | x_t)", see: "Loss, the dashed line; lesson 3"),
    Term(
      "held-out", "held-out excess", "excess", "best held-out",
      is:
        "The held-out loss is that of points that the network has not seen; its excess is what is above the floor.",
      and:
        "It is measured with the averaged weights, by the score's error, so it is surer than a batch's loss.",
      so:
        "0 would be a perfect score; where it rises again the network learns its points by heart.",
      formula: "excess = loss - floor = E w' ||s_hat - s||^2",
      see: "Loss, the points; below the form"),
    Term(
      "recoverable", "floor + excess",
      is:
        "Recoverable is the share of a target's mean square that the noisy point tells.",
      and: "The rest is the Bayes floor of the level; the excess is what is not learned yet.",
      so:
        "Where little is recoverable the loss is mostly floor, and hides what other levels learn.",
      formula: "1 - floor / E||y||^2", see: "Loss, after %"),
    Term(
      "tangent rank", "effective rank", "rank", "first weights",
      is: "The tangent rank is how many directions the network's tangent kernel uses at a level.",
      and:
        "It is the effective rank of the products of gradients at n noisy points, from 1 to n.",
      so:
        "Next to it are the first weights: the same network before its first step, random features.",
      formula: "exp(-sum p log p), p = eigenvalue / sum", see: "Loss, after % three times"),
    Term(
      "first axis", "first two axes", "share of variance",
      is:
        "The first axes are those along which the features of the last layer vary most at a level.",
      and: "Shown is the share of the features' variance along one of them and along two.",
      so: "Near 1 the layer says little more than one or two numbers of a point there.",
      formula: "(lambda_1 + lambda_2) / sum lambda", see: "Loss, after % four times"),
    Term(
      "separability", "share told right",
      is:
        "Separability is the share of points whose part of the distribution their features tell.",
      and:
        "A point counts for the part whose mean is nearest; means come from half of the points.",
      so: "Compare it with the noisy points themselves, first weights and permuted labels.",
      formula: "P(nearest mean is the own part's)", see: "Loss, after % four times"),
    Term(
      "permuted labels", "noisy points",
      is: "Permuted labels give each point a part at random: the null of the separability.",
      and: "Shown is the largest of 19, which chance is below 19 times in 20.",
      so: "The noisy points are the same rule without a network.",
      formula: "max over 19 of P(nearest mean is the label's)", see: "Loss, after % four times"),
    Term(
      "gradient spread", "without floor",
      is:
        "The gradient spread is how far gradients of single draws are from their mean, in means.",
      and: "Without the floor the target is its mean given the noisy point; the mean stays.",
      so:
        "A batch of the spread's square has as much noise as signal at that level.",
      formula: "sqrt(E||g - G||^2 / ||G||^2)", see: "Loss, after % five times"),
    Term(
      "noise from floor", "floor share", "share of floor",
      is: "Noise from floor is the share of the gradients' variance that no network can avoid.",
      and: "The floor share is that of the target's mean square: the Bayes floor over it.",
      so: "Near 1 single gradients at the level say mostly noise.",
      formula: "1 - Var(g given E[y | x]) / Var(g)", see: "Loss, after % five times"),
    Term(
      "smoothed",
      is: "Smoothed is a running mean of the batches' losses.",
      and: "It forgets older batches step by step.",
      so: "It shows where the loss goes below the noise of single batches.",
      formula: "m <- m + (loss - m) / length", see: "Loss, its curve"),
    Term(
      "batch", "batches",
      is:
        "A batch is the set of points of one training step; the band shows the losses of single batches.",
      and: "A larger batch has a steadier gradient and takes longer.",
      so: "The band's width is noise, not progress.",
      formula: "B points, each with its own level and noise",
      see: "Setup, row batch; Loss, the band"),
    Term(
      "step", "steps",
      is:
        "A step is one change of the weights, by the gradient of one batch; of a sampler it is one change of time.",
      and: "Space lets training go on, s takes one step and S ten.",
      so: "Steps are counted from the start of the run; those undone by a divergence are not.",
      formula: "weights <- weights - rate times direction",
      see: "the first row of the screen; Loss, its axis"),
    Term(
      "target",
      is: "The target is what the network predicts: noise, data, velocity or the score.",
      and: "Each gives all the others by the level's alpha and sigma.",
      so: "The choice decides which levels the loss is about.",
      formula: "x_t = alpha x_0 + sigma z; noise is z, data is x_0, score is -z / sigma",
      see: "Setup, row target; the preset score-target"),
    Term(
      "velocity",
      is: "Velocity is a target between noise and data.",
      and: "At small noise it is nearly the noise, at large noise nearly minus the data.",
      so: "Its loss is of the same size at all levels.",
      formula: "v = alpha z - sigma x_0", see: "Setup, row target"),
    Term(
      "weighting",
      is: "The weighting says how much each level counts in the loss.",
      and: "Together with the levels that are drawn it decides where the network is good.",
      so:
        "It changes no best prediction of a network that could do all levels, only which errors a small one makes.",
      formula: "w(t) in the loss", see: "Setup, row weighting; Error, the curve over levels"),
    Term(
      "stratified",
      is: "A stratified batch takes one level from each of as many equal parts.",
      and: "So no batch has by chance only large or only small noise.",
      so: "The loss is less noisy at no cost.",
      formula: "quantiles (i + u_i) / B", see: "Setup, row stratified"),
    Term(
      "noise draw",
      is: "The noise draw says where the noise of a step comes from.",
      and: "fresh draws new noise each time; fixed gives each training point one noise for ever.",
      so:
        "With fixed noise the task is a regression with a finite set of examples, as in some theorems.",
      formula: "z fresh, or z_i of point i", see: "Setup, row noise draw; the preset wide-network"),
    Term(
      "Huber", "Huber length", "Huber loss",
      is: "Huber's loss is linear in errors beyond a length, and squared below.",
      and: "Single huge errors then pull the weights with a bounded force.",
      so: "Its least value is not known, so there is no floor for it.",
      formula: "e^2 for e <= c, else 2 c e - c^2", see: "Setup, row Huber length; the preset huber"),
    Term(
      "learning rate", "rate",
      is: "The learning rate is the step size of the optimiser.",
      and: "Too large a rate diverges, too small a one learns slowly.",
      so: "It changes live: press right on its row while the loss is on screen.",
      formula: "weights <- weights - rate times direction", see: "Setup, the first row"),
    Term(
      "optimizer",
      is: "The optimiser is the rule that turns gradients into steps.",
      and:
        "adam divides by the usual size of each gradient; gradient_descent takes all points at once.",
      so: "Theorems are mostly about plain gradient descent.",
      formula: "direction = f(gradients so far)", see: "Setup, group optimizer"),
    Term(
      "schedule",
      is: "The schedule is how the learning rate changes over training.",
      and: "cosine lets it fall to a small share, constant keeps it.",
      so: "A falling rate removes the last noise of the weights.",
      formula: "rate(step) = rate times s(step)", see: "Setup, group optimizer"),
    Term(
      "weight average", "average",
      is: "The weight average is a mean of the weights over the last steps.",
      and: "It is what is measured and sampled, not the weights of the last step.",
      so: "It is steadier than single steps, and lags behind them a little.",
      formula: "a <- r a + (1 - r) weights", see: "Setup, group optimizer"),
    Term(
      "network", "hidden",
      is:
        "The network is a function of a noisy point and its level, with weights that are learned.",
      and: "hidden are the widths of its layers; linear has none.",
      so: "What no weights can give is the approximation error.",
      formula: "prediction = N(x_t, t; weights)", see: "Setup, group network"),
    Term(
      "tangent kernel", "ntk", "outer weights",
      is: "The tangent kernel says how far a step for one point moves the prediction at another.",
      and: "A wide network of kind ntk nearly keeps it, for each weight moves little.",
      so: "Descent is then regression with a fixed kernel, which theorems can follow.",
      formula: "K(u, v) = gradient N(u) times gradient N(v)", see: "Setup, group network"),
    Term(
      "conservative",
      is: "A conservative network is the gradient of a scalar network by its point.",
      and: "It has no curl, as no score has; a free network may have some.",
      so: "It has one weight matrix for both of its layers, so fewer weights a neuron.",
      formula: "F(x) = gradient of phi(x)", see: "Setup, group network"),
    Term(
      "activation",
      is: "The activation is the bend between layers.",
      and: "relu has a kink, silu and gelu are smooth.",
      so: "Scores of smooth densities suit smooth ones; theorems are mostly about relu.",
      formula: "relu(u) = max(u, 0)", see: "Setup, row activation"),
    Term(
      "residual",
      is: "In a residual network layers of equal width add their input to their output.",
      and: "Each layer then learns a change only.",
      so: "Deep networks learn faster with it.",
      formula: "h <- h + layer(h)", see: "Setup, row residual"),
    Term(
      "waves", "time waves", "point waves", "time input",
      is:
        "Waves are sines and cosines of the level, or of the coordinates, that the network is fed.",
      and: "Waves of the coordinates let it draw fine shapes.",
      so: "Too many of them invite bumps between the points.",
      formula: "sin(k u), cos(k u)", see: "Setup, group network inputs"),
    Term(
      "diverged",
      is: "A run has diverged when its loss exploded.",
      and: "It is back at its last good state, with a line that says so.",
      so: "A smaller learning rate usually helps; Space goes on.",
      formula: "loss > 10,000 times that of the zero prediction", see: "the first row of the screen"
    ),
    Term(
      "restarts", "restart", "* restarts", "# changed",
      is: "A value that restarts cannot change live: the run begins again with the same seed.",
      and: "Other values act at once, from the next step or the next samples on.",
      so: "u goes back to the run before.",
      formula: "restart: step 0, same seed", see: "Setup, the marks at the right of rows"),
  ]
}
