"""Made-up personas and questions with four options, of the length of those of Benchmarks/prefix."""

OPTIONS = ["far too little", "too little", "about the right amount", "too much"]
MATTERS = ["the environment", "public schools", "the military", "big cities", "health care", "roads and bridges"]
STATES = ["Ohio", "Texas", "Maine", "Utah", "Iowa"]
WORKS = ["nurse", "teacher", "driver", "farmer", "clerk", "welder", "cook"]


def persona(number):
    return (
        f"I am {20 + number * 7 % 60} years old and I live in {STATES[number % 5]}. "
        f"I have worked as a {WORKS[number % 7]} for {number % 30 + 1} years. I finished {9 + number % 8} years of school. "
        f"I have {number % 5} children and I rent a house near the river with my family. On Sundays I go to church, and in "
        "the evening I read the newspaper or watch the news on television. My household earns about forty thousand "
        f"dollars a year. I care most about {MATTERS[number % 6]}, and I worry about {MATTERS[(number + 5) % 6]} when I "
        "think of the years to come. My neighbours would say that I am a patient and honest person, as most people in "
        "our street are."
    )


def question(number):
    return (
        "We are faced with many problems in this country. Are we spending far too little, too little, about the right "
        f"amount or too much money on {MATTERS[number % 6]}?"
    )
