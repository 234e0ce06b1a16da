"""Weights between the original's and the taught ones': `python blend.py --init model.bin --taught model.bin --share 0.8 --out model.bin`.

A blend keeps more of what the original knows of other voices (Wortsman et al. 2022, "Robust fine-tuning").
"""
import argparse

p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
p.add_argument("--init", required=True)
p.add_argument("--taught", required=True)
p.add_argument("--share", type=float, required=True, help="of the taught weights, 0 to 1")
p.add_argument("--out", required=True)
a = p.parse_args()     # before what takes long to load, or is not installed yet

import numpy as np

import weights_file as w

(old, layout), (new, _) = w.read(a.init), w.read(a.taught)
w.write(a.out, layout, {name: old[name].astype(np.float32) * (1 - a.share) + new[name].astype(np.float32) * a.share
                        for name in old if old[name].dtype == np.float16 and old[name].shape})
