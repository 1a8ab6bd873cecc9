"""The reader that was fitted on annotated texts: which sentences make a claim, in which stance, who and whom.

The rules say what words can mean; how much each tells was counted on annotated texts. Every name is one mark
to it, so that exchanging two names exchanges them in the claims. `deciding` reads, `scenes` sees what the
others weigh, and `weights.json` holds what was learned (`python -m weigh.bench.claim_fit`).
"""
