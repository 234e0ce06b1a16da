"""The mean of a taught translator and the one it was taught from: `python mean.py --taught DIR --out DIR`.

A short run forgets some of what it does not see; half of the way there keeps that and most of what is new. `export.py` makes four
bits of the result as of any taught model.
"""
import argparse


def arguments():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--taught", required=True, help="folder that train.py wrote")
    p.add_argument("--model", default="../../starter/mt", help="the model it was taught from")
    p.add_argument("--share", type=float, default=0.5, help="of the taught one in the mean")
    p.add_argument("--out", required=True)
    return p.parse_args()


if __name__ == "__main__":
    given = arguments()     # before what takes long to load, or is not installed yet

import torch

import gemma


def main(given):
    from transformers import Gemma3ForCausalLM
    taught = Gemma3ForCausalLM.from_pretrained(given.taught, dtype=torch.float32)
    before, after = gemma.from_onnx(given.model).state_dict(), taught.state_dict()
    taught.load_state_dict({name: torch.lerp(before[name], weight, given.share) for name, weight in after.items()})
    taught.save_pretrained(given.out)


if __name__ == "__main__":
    main(given)
